package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientErrorsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pg_dump: error: aborting because of server version mismatch | TOOLS_TOO_OLD
            pg_restore: error: unsupported version (1.16) in file header | TOOLS_TOO_OLD
            pg_dump: error: query failed: ERROR:  query would be affected by row-level security policy for table "t" | ROWS_HIDDEN
            pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout | LOCK_BUSY
            pg_dump: error: query failed: ERROR:  permission denied for table secret | RIGHTS_MISSING
            pg_dump: error: connection to server at "localhost" (::1), port 5432 failed: Connection refused | SERVER_UNREACHABLE
            pg_dump: error: connection to server at "h" (1.2.3.4), port 5432 failed: FATAL:  password authentication failed for user "app" | LOGIN_FAILED
            pg_dump: error: connection to server on socket "/tmp/x" failed: FATAL:  database "nope" does not exist | DATABASE_MISSING
            pg_dump: error: Dumping the contents of table "t" failed: server closed the connection unexpectedly | SERVER_LOST
            pg_dump: error: could not write to output file: No space left on device | DISK_FULL
            psql:<stdin>:12: ERROR:  could not extend file "base/5/1234": No space left on device | DISK_FULL
            pg_dump: error: query failed: ERROR:  out of shared memory | DUMP_FAILED
            pg_dump: error: no matching tables were found | USAGE
            pg_dump: error: query failed: ERROR:  invalid page in block 3 of relation base/5/16384 | SOURCE_DAMAGED
            pg_dump: error: could not open output file "/x/y": Permission denied | NO_PERMISSION
            pg_restore: error: input file is too short (read 0, expected 5) | BACKUP_DAMAGED
            pg_dump: error: something new | DUMP_FAILED
            """)
    void a_known_sentence_gets_its_code_and_a_hint(String line, ErrorCode code) {
        var error =
                ClientErrors.translate(Tool.PG_DUMP, new ClientResult(1, List.of(line), true), ErrorCode.DUMP_FAILED);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.hint()).isNotBlank();
        assertThat(error.getMessage()).startsWith("pg_dump: ").doesNotContain("error:");
    }

    @Test
    void a_limit_of_connections_is_no_server_that_is_down() {
        String line = "pg_dump: error: connection to server at \"h\" (1.2.3.4), port 5432 failed: FATAL:  too many"
                + " connections for role \"app\"";
        assertThat(ClientErrors.translate(Tool.PG_DUMP, new ClientResult(1, List.of(line), true), ErrorCode.DUMP_FAILED)
                        .hint())
                .contains("needs three connections");
    }

    @Test
    void the_table_that_could_not_be_locked_is_named() {
        var stderr = List.of(
                "pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout",
                "pg_dump: detail: Query was: LOCK TABLE public.\"Order Lines\" IN ACCESS SHARE MODE");
        assertThat(ClientErrors.translate(Tool.PG_DUMP, new ClientResult(1, stderr, true), ErrorCode.DUMP_FAILED))
                .hasMessageContaining("locking public.\"Order Lines\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ERROR: syntax error in CREATE ROLE a PASSWORD 'tops3cret' LOGIN
            ERROR: x ALTER ROLE a ENCRYPTED PASSWORD 'it''s tops3cret
            could not parse postgresql://me:tops3cret@host/db
            invalid connection option password=tops3cret host=x
            OPTIONS (user 'a', password 'tops3cret')
            OPTIONS ("password" 'tops3cret')
            """)
    void no_password_gets_through(String line) {
        assertThat(ClientErrors.clean(line)).contains("***").doesNotContain("tops3cret");
    }

    @Test
    void an_ordinary_failure_keeps_the_word_password() {
        assertThat(ClientErrors.clean("psql: error: FATAL:  password authentication failed for user \"app\""))
                .isEqualTo("password authentication failed for user \"app\"");
    }
}
