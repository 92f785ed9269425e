package dev.pgkeep.operation.restore.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class GlobalsScriptTest {
    @Test
    void roles_that_exist_stay_as_they_are_and_new_ones_come_with_everything() throws IOException {
        String script = """
                -- Roles, "one's" comment
                \\restrict abc
                SET default_transaction_read_only = off;
                CREATE ROLE postgres;
                ALTER ROLE postgres WITH SUPERUSER PASSWORD 'SCRAM-SHA-256$4096:x';
                CREATE ROLE "It's ""me"\"";
                ALTER ROLE "It's ""me"\"" WITH LOGIN;
                COMMENT ON ROLE "It's ""me"\"" IS 'first;
                second';
                CREATE ROLE app;
                ALTER ROLE app SET search_path TO 'a;
                b';
                GRANT app TO postgres GRANTED BY postgres;
                GRANT "It's ""me"\"" TO app WITH ADMIN OPTION GRANTED BY postgres;
                GRANT "It's ""me"\"" TO postgres;
                CREATE TABLESPACE fast OWNER app LOCATION '/fast';
                """;
        assertThat(copied(script, Set.of("postgres", "It's \"me\""))).isEqualTo("""
                SET default_transaction_read_only = off;
                CREATE ROLE app;
                ALTER ROLE app SET search_path TO 'a;
                b';
                GRANT app TO postgres GRANTED BY postgres;
                GRANT "It's ""me"\"" TO app WITH ADMIN OPTION GRANTED BY postgres;
                CREATE TABLESPACE fast OWNER app LOCATION '/fast';
                """);
        assertThat(copied(script, Set.of()))
                .isEqualTo(script.lines().skip(2).collect(Collectors.joining("\n", "", "\n")));
    }

    private static String copied(String script, Set<String> existing) throws IOException {
        var out = new StringWriter();
        new GlobalsScript(existing).forEach(new BufferedReader(new StringReader(script)), out::write);
        return out.toString();
    }
}
