package dev.pgkeep.operation.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked before something is destroyed, and how it is answered where nobody sits. */
final class ProtectedConfirmTest {
    private static final Target SHOP = TargetReader.read(
                    "postgresql://app@localhost:5432/shop", Map.of(), Path.of("/nowhere"), "a test")
            .target();

    @ParameterizedTest
    @CsvSource({
        "false, false, false, false, yes to replace shop",
        "false, false, false, true, ''",
        "true, false, false, false, name of shop: marked by pgkeep protect",
        "true, false, false, true, name of shop: marked by pgkeep protect",
        "false, true, false, true, name of shop: profile production",
        "true, true, false, false, name of shop: marked by pgkeep protect",
        "true, true, true, false, yes to replace shop",
        "true, true, true, true, ''",
    })
    void a_protected_database_wants_its_name_and_any_other_a_yes(
            boolean marked, boolean configured, boolean allowed, boolean routine, String question) {
        List<String> asked = new ArrayList<>();
        new ProtectedConfirm(configured(configured), allowed, writing(asked))
                .ask(new Stake(SHOP, marked, "replace shop", routine));
        assertThat(String.join(", ", asked)).isEqualTo(question);
    }

    @Test
    void the_policy_of_yes_agrees_to_everything_but_what_touches_a_protected_database() {
        Confirm policy = new ProtectedConfirm(configured(false), false, Asker.YES);
        assertThatCode(() -> policy.ask(new Stake(SHOP, false, "replace shop"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> policy.ask(new Stake(SHOP, true, "replace shop")))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.REFUSED);
                    assertThat(e.hint()).contains("to replace shop from a script all the same");
                })
                .hasMessageStartingWith("shop is protected (marked by pgkeep protect)");
    }

    @Test
    void who_only_looks_is_refused_everything() {
        assertThatThrownBy(() -> Confirm.REFUSE.ask(new Stake(SHOP, false, "replace shop")))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REFUSED))
                .hasMessage("nobody confirmed to replace shop, nothing was changed");
    }

    private static ConfiguredProtection configured(boolean protects) {
        return target -> protects ? Optional.of("profile production") : Optional.empty();
    }

    private static Asker writing(List<String> asked) {
        return new Asker() {
            @Override
            public void yes(String what) {
                asked.add("yes to " + what);
            }

            @Override
            public void name(String database, String why, String what) {
                asked.add("name of " + database + ": " + why);
            }
        };
    }
}
