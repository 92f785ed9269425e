package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a script tells of itself when it is read to its end. */
final class DumpScanTest {
    @Test
    void what_a_program_said_is_found_wherever_it_stands_between_statements() {
        for (String script : new String[] {
            "SELECT 1;\npg_dump: error: query failed: server closed the connection\nSELECT 2;\n",
            "SELECT 1;\npg_dump: error: query failed\n",
            "SELECT 1;\nPassword: \n\\restrict abc\nSELECT 1;\n",
        }) {
            assertThatThrownBy(() -> scan(script)).isInstanceOfSatisfying(PgkeepException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED);
                assertThat(e.getMessage()).startsWith("line 2: no statement of PostgreSQL's begins with");
                assertThat(e.hint()).contains("take the line out");
            });
        }
    }

    @Test
    void only_rows_that_stand_one_in_a_line_are_counted() throws IOException {
        for (String options : new String[] {
            "WITH (FORMAT csv)",
            "csv header",
            "WITH (FORMAT 'csv')",
            "(HEADER match)",
            "WHERE a > 1",
            "(ON_ERROR ignore)"
        }) {
            DumpContents contents =
                    scan("COPY t (a) FROM stdin " + options + ";\n1\n2\n\\.\nCOPY u FROM stdin;\n1\n\\.\n");
            assertThat(contents.uncounted()).as(options).containsExactly(new TableName("", "t"));
            assertThat(contents.expected()).as(options).containsExactly(Map.entry(new TableName("", "u"), 1L));
        }
        assertThat(scan("COPY t FROM stdin WITH (DELIMITER ',', NULL 'csv');\n1\n\\.\n")
                        .uncounted())
                .containsExactly(new TableName("", "t"));
        assertThat(scan("COPY t FROM stdin WITH (DELIMITER ',', FREEZE);\n1\n\\.\n")
                        .expected())
                .containsEntry(new TableName("", "t"), 1L);
    }

    @Test
    void rows_that_a_trigger_may_change_or_that_the_script_takes_away_are_not_counted() throws IOException {
        String rows = "COPY t FROM stdin;\n1\n\\.\n";
        for (String script : new String[] {
            "CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f();\n" + rows,
            rows + "DELETE FROM t;\n",
            rows + "TRUNCATE t;\n",
            rows + "DROP TABLE t;\n",
            "CREATE TEMPORARY TABLE t (a int);\n" + rows,
            "CREATE TEMP TABLE t (a int);\n" + rows,
            "BEGIN;\n" + rows + "ROLLBACK;\n",
        }) {
            assertThat(scan(script).expected()).as(script).isEmpty();
            assertThat(scan(script).uncounted()).as(script).hasSize(1);
        }
        assertThat(scan(rows + "CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION f();\n")
                        .expected())
                .hasSize(1);
    }

    @Test
    void names_without_a_schema_are_in_the_only_one_of_the_search_path() throws IOException {
        String table = "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\nINSERT INTO t VALUES (2);\n";
        for (String path : new String[] {
            "SET search_path = app, pg_catalog;",
            "SET search_path TO app;",
            "set session search_path to 'app';",
            "SET SCHEMA 'app';",
            "SELECT pg_catalog.set_config('search_path', 'app', false);",
            "SET search_path = other;\nSET search_path = \"app\";",
        }) {
            DumpContents contents = scan(path + "\n" + table);
            assertThat(contents.expected()).as(path).containsExactly(Map.entry(new TableName("app", "t"), 2L));
            assertThat(contents.created()).as(path).containsExactly(new TableName("app", "t"));
        }
        for (String path : new String[] {
            "",
            "SET search_path = app, public;",
            "SET search_path = \"$user\", pg_catalog;",
            "SET LOCAL search_path = app;",
            "SET search_path = app;\nRESET search_path;",
            "SET search_path = app;\nSET search_path TO DEFAULT, x;",
            "SET search_path = app;\nSELECT pg_catalog.set_config('search_path', '', false);",
        }) {
            assertThat(scan(path + "\n" + table).created()).as(path).containsExactly(new TableName("", "t"));
        }
    }

    @Test
    void tables_that_a_script_makes_are_known_however_it_makes_them() throws IOException {
        DumpContents contents = scan("CREATE UNLOGGED TABLE IF NOT EXISTS a.b (c int);\n"
                + "create /* x */ foreign table \"A\".\"b c\" (c int);\nCREATE TABLE d PARTITION OF a.b DEFAULT;\n"
                + "CREATE TEMP TABLE gone (a int);\nCREATE VIEW v AS SELECT 1;\nCREATE TABLE e AS SELECT 1;\n");
        assertThat(contents.created())
                .containsExactlyInAnyOrder(
                        new TableName("a", "b"),
                        new TableName("A", "b c"),
                        new TableName("", "d"),
                        new TableName("", "e"));
        assertThat(contents.makesNothing()).isFalse();
        assertThat(scan("SET x = 1;\nINSERT INTO t VALUES (1);\nSELECT pg_catalog.setval('s', 1);\n")
                        .makesNothing())
                .isTrue();
        assertThat(scan("DO $$ BEGIN END $$;\n").makesNothing()).isFalse();
    }

    private static DumpContents scan(String script) throws IOException {
        DumpScan scan = new DumpScan(null);
        scan.read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), bytes -> {});
        return scan.contents();
    }
}
