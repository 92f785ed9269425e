package dev.pgkeep.postgres.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.PgkeepException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition is one condition. */
final class PredicateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "a = ';' and b = 'it''s)'",
                "a = E'\\';' or b",
                "\"odd;)name\" is null",
                "a = $$;)$$ and b = $x$;$$)$x$",
                "a in (select b from c where (d))",
                "a /* ; ) /* nested */ */ = 1",
                "a = 1 -- the last ; one )",
                "cost$ > 1 and x$y < 2"
            })
    void one_condition_is_taken_as_it_is(String text) {
        assertThat(Predicate.checked(text, "test")).isEqualTo("\n" + text + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "true; drop table x",
                "true) or (true",
                "(true",
                "'open",
                "a = 'x\\' ; drop table x --",
                "\"open",
                "$$open",
                "/* open",
                "a = E'\\'",
                "1 = 1) -- x\n; drop table y"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Predicate.checked(text, "test")).isInstanceOf(PgkeepException.class);
    }
}
