package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.dump.ScriptChoice.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScriptFilterTest {
    private static final ScriptChoice ALL =
            new ScriptChoice(Part.ALL, true, true, table -> true, sequence -> true, Set.of(), true);

    @Test
    void everything_is_let_through_unchanged() throws Exception {
        assertThat(filtered(Scripts.SMALL, ALL)).isEqualTo(Scripts.SMALL);
        String odd = Scripts.ODD.replaceAll("\n\\\\restrict.*\n", "").replaceAll("--\n\n\\\\unrestrict.*\n", "");
        assertThat(filtered(Scripts.ODD, ALL)).contains("\\N\t\\.x").doesNotContain("restrict");
        assertThat(filtered(odd, ALL)).isEqualTo(odd);
    }

    @Test
    void rows_arrive_whole_however_small_the_pieces() throws Exception {
        String rows = "1\ta\n2\tb\n\\\\.\tc\n".repeat(20_000);
        String script = "COPY t (a, b) FROM stdin;\n" + rows + "\\.\n";
        assertThat(filtered(script, ALL)).isEqualTo(script);
    }

    @Test
    void owners_and_grants_are_left_out_unless_wanted() throws Exception {
        ScriptChoice none = new ScriptChoice(Part.ALL, false, false, table -> true, sequence -> true, Set.of(), true);
        assertThat(filtered(Scripts.SMALL, none))
                .doesNotContain("OWNER TO \"the; owner\"", "GRANT")
                .contains("ADD CONSTRAINT c CHECK ((\"B\" <> ' OWNER TO x;'::text));", "1\tone");
        for (String right : List.of(
                "REVOKE ALL ON TABLE t FROM PUBLIC;",
                "ALTER DEFAULT PRIVILEGES FOR ROLE a IN SCHEMA s GRANT SELECT ON TABLES TO b;",
                "SET SESSION AUTHORIZATION 'a';",
                "ALTER LARGE OBJECT 5 OWNER TO a;",
                "ALTER FUNCTION s.f(a integer, \"B\" text) OWNER TO \"odd \"\" name\";")) {
            assertThat(filtered(right, none)).as(right).isBlank();
            assertThat(filtered(right, ALL)).isEqualTo(right);
        }
    }

    @Test
    void what_only_mentions_an_owner_or_a_database_is_let_through() throws Exception {
        ScriptChoice none = new ScriptChoice(Part.ALL, false, false, table -> true, sequence -> true, Set.of(), true);
        for (String statement : List.of(
                "ALTER TABLE a ADD COLUMN y int -- formerly OWNER TO bob\n;",
                "ALTER TABLE a ADD COLUMN y int /* OWNER TO bob; */;",
                "ALTER TABLE a ALTER y SET DEFAULT $$ OWNER TO bob$$;",
                "ALTER TABLE a ADD COLUMN y int, OWNER TO bob;",
                "ALTER TABLE a RENAME TO \"OWNER TO bob\";")) {
            assertThat(filtered(statement, none)).isEqualTo(statement);
        }
        String grant = "GRANT SELECT ON t TO bob -- nothing ON DATABASE x\n;";
        assertThat(filtered(grant, ALL)).isEqualTo(grant);
        assertThat(filtered("ALTER /* a */ TABLE a -- b\n OWNER -- c\n TO /* d */ bob -- e\n;", none))
                .isBlank();
    }

    @Test
    void a_schema_that_the_script_dropped_is_made_again() throws Exception {
        for (String drop : List.of(
                "DROP SCHEMA public CASCADE;",
                "drop schema if exists \"public\" cascade;",
                "DROP SCHEMA a, public CASCADE;")) {
            String script = drop + "\nCREATE SCHEMA public;\n";
            assertThat(filtered(script, ALL)).isEqualTo(script);
        }
        assertThat(filtered("DROP SCHEMA public;\nCREATE SCHEMA public;\n", ALL))
                .isBlank();
        assertThat(filtered("DROP SCHEMA \"PUBLIC\" CASCADE;\nCREATE SCHEMA public;\n", ALL))
                .doesNotContain("CREATE");
    }

    @Test
    void settings_that_the_server_does_not_know_are_left_out() throws Exception {
        ScriptChoice old = new ScriptChoice(
                Part.ALL,
                true,
                true,
                table -> true,
                sequence -> true,
                Set.of("statement_timeout", "client_encoding"),
                true);
        assertThat(filtered(Scripts.SMALL, old))
                .contains("SET statement_timeout", "SET client_encoding", "set_config('search_path'")
                .doesNotContain("transaction_timeout");
    }

    @Test
    void commands_of_psql_that_no_dump_has_are_refused_by_line() {
        String rows = "COPY t FROM stdin;\n1\n2\n\\.\n\n-- two\n";
        for (String line : List.of(
                "\\! touch /tmp/x",
                "\\!touch /tmp/x",
                "\\i other.sql",
                "\\ir other.sql",
                "\\include other.sql",
                "\\o |cat",
                "\\copy t from program 'id'",
                "\\gexec",
                "\\g |cat",
                "\\set x `id`",
                "\\echo `id`",
                "\\setenv PAGER id",
                "\\w |cat",
                "\\if true",
                "\\restrict abc \\! id",
                "\\restrict `id`",
                "\\connected",
                "\\;",
                "\\",
                "\\echo a \\connect shop")) {
            for (String before : List.of("", "SELECT 1;\n", rows, "SELECT 1 /*\n*/\n")) {
                int at = (int) before.lines().count() + 1;
                assertThatThrownBy(() -> filtered(before + line + "\nSELECT 2;\n", ALL))
                        .as(before + line)
                        .isInstanceOfSatisfying(PgkeepException.class, e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED);
                            assertThat(e.getMessage()).startsWith("line " + at + ": \\");
                        });
            }
        }
    }

    @Test
    void programs_at_the_server_are_refused_where_they_stand_openly() throws Exception {
        for (String statement : List.of(
                "COPY t FROM PROGRAM 'id';",
                "copy t (a, b) from /* x */ program $$id$$ with (format csv);",
                "COPY (SELECT 1) TO\nPROGRAM E'id';")) {
            assertThatThrownBy(() -> filtered("SELECT 1;\n" + statement, ALL))
                    .as(statement)
                    .hasMessageContaining("line 2: it has the server run a program");
        }
        for (String statement : List.of(
                "COPY t FROM '/tmp/x';",
                "COPY (SELECT * FROM program) TO '/dev/null';",
                "COMMENT ON TABLE t IS 'COPY t FROM PROGRAM x';")) {
            assertThat(filtered(statement, ALL)).isEqualTo(statement);
        }
    }

    @Test
    void what_looks_like_a_command_inside_of_values_is_none() throws Exception {
        for (String script : List.of(
                "SELECT '\n\\! id\n';\n",
                "SELECT $$\n\\! id\n$$;\n",
                "-- \\! id\n/*\n\\! id */\n",
                "COPY t FROM stdin;\n\\! id\n\\.\n")) {
            assertThat(filtered(script, ALL)).isEqualTo(script);
        }
    }

    @Test
    void nothing_leads_to_another_database() throws Exception {
        for (String statement : List.of(
                "CREATE DATABASE shop WITH TEMPLATE = template0;",
                "create database shop;",
                "DROP DATABASE IF EXISTS shop;",
                "ALTER DATABASE shop SET work_mem TO '1MB';",
                "ALTER DATABASE shop OWNER TO app;",
                "COMMENT ON DATABASE shop IS 'x';",
                "GRANT CONNECT ON DATABASE shop TO app;",
                "UPDATE pg_catalog.pg_database SET datistemplate = false WHERE datname = 'shop';",
                "\\connect shop",
                "--\n-- Database\n--\n\n\\connect -reuse-previous=on \"dbname='shop'\"",
                "\\c shop",
                "SELECT 1 \\connect shop",
                "SELECT 1; \\connect shop")) {
            for (Part part : Part.values()) {
                ScriptChoice choice =
                        new ScriptChoice(part, true, true, table -> true, sequence -> true, Set.of(), true);
                Set<String> skipped = new LinkedHashSet<>();
                assertThat(filtered(statement + "\n", choice, skipped))
                        .as(statement)
                        .doesNotContainIgnoringCase("database")
                        .doesNotContain("\\c", "shop");
                assertThat(skipped.isEmpty() && part != Part.ROWS).as(statement).isFalse();
            }
        }
    }

    @Test
    void what_a_new_database_has_is_neither_made_nor_dropped() throws Exception {
        for (String statement : List.of(
                "CREATE SCHEMA public;",
                "DROP SCHEMA IF EXISTS public;",
                "CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;",
                "DROP EXTENSION IF EXISTS plpgsql;")) {
            assertThat(filtered(statement, ALL)).as(statement).isBlank();
        }
        for (String statement : List.of("CREATE SCHEMA public_2;", "CREATE EXTENSION IF NOT EXISTS hstore;")) {
            assertThat(filtered(statement, ALL)).isEqualTo(statement);
        }
        ScriptChoice normal = new ScriptChoice(Part.ALL, true, true, table -> true, sequence -> true, Set.of(), false);
        assertThat(filtered("COMMENT ON EXTENSION hstore IS 'x';", normal)).isBlank();
    }

    @Test
    void the_schema_alone_has_no_rows() throws Exception {
        ScriptChoice schema =
                new ScriptChoice(Part.SCHEMA, true, true, table -> true, sequence -> true, Set.of(), true);
        assertThat(filtered(Scripts.SMALL, schema))
                .contains("CREATE TABLE public.t", "ADD CONSTRAINT")
                .doesNotContain("COPY", "1\tone", "\\.");
        assertThat(filtered(Scripts.ODD, schema))
                .contains("INSERT INTO t VALUES (1);\n    END;")
                .doesNotContain("setval", "\\N");
        assertThat(filtered("INSERT INTO t VALUES (';');\nSELECT pg_catalog.lo_create('5');\n", schema))
                .isBlank();
        // Whatever began a transaction, its end is not left out.
        String transaction = "START TRANSACTION;\nCREATE TABLE t (a int);\nCOMMIT;\n";
        assertThat(filtered(transaction, schema)).isEqualTo(transaction);
    }

    @Test
    void rows_alone_come_without_schema() throws Exception {
        ScriptChoice rows = new ScriptChoice(Part.ROWS, true, true, table -> true, sequence -> true, Set.of(), true);
        assertThat(filtered(Scripts.SMALL, rows))
                .contains("SET client_encoding", "set_config", "COPY public.t (a, \"B\") FROM stdin;\n1\tone")
                .doesNotContain("CREATE", "ALTER", "GRANT");
        assertThat(filtered(Scripts.ODD, rows))
                .contains("setval")
                .doesNotContain("INSERT INTO t", "DELETE FROM", "UPDATE", "BEGIN");
        assertThat(filtered("INSERT INTO t VALUES (';');", rows)).isEqualTo("INSERT INTO t VALUES (';');");
    }

    @Test
    void only_chosen_tables_get_rows() throws Exception {
        NamePattern wanted = NamePattern.of("public.t");
        ScriptChoice rows = new ScriptChoice(Part.ROWS, true, true, wanted::matches, wanted::matches, Set.of(), true);
        assertThat(filtered(Scripts.SMALL, rows))
                .contains("COPY public.t", "1\tone")
                .doesNotContain("public.u");
        assertThat(filtered("INSERT INTO public.t VALUES (1);\nINSERT INTO public.u VALUES (2);\n", rows))
                .contains("public.t")
                .doesNotContain("public.u");
        String huge =
                "INSERT INTO public.u VALUES ('" + "x".repeat(3_000_000) + "');\nINSERT INTO public.t VALUES (1);";
        assertThat(filtered(huge, rows).strip()).isEqualTo("INSERT INTO public.t VALUES (1);");
    }

    @Test
    void only_chosen_sequences_get_values() throws Exception {
        for (String name : List.of("s.odd", "s.\"Odd's\"", "s.\"a.b\"", "s.\"back\\slash\"", "s.\"q\"\"q\"")) {
            NamePattern wanted = NamePattern.of(name);
            ScriptChoice rows =
                    new ScriptChoice(Part.ROWS, true, true, table -> false, wanted::matches, Set.of(), true);
            String literal =
                    (name.contains("\\") ? "E'" : "'") + name.replace("'", "''").replace("\\", "\\\\") + "'";
            String statement = "SELECT pg_catalog.setval(" + literal + ", 5, true);\n";
            assertThat(filtered("SELECT pg_catalog.setval('s.other', 1, false);\n" + statement, rows)
                            .strip())
                    .isEqualTo(statement.strip());
        }
    }

    @Test
    void a_table_is_known_by_its_name_in_any_encoding() throws Exception {
        byte[] script = "SET client_encoding = 'LATIN1';\nCOPY public.\"Zoë\" (a) FROM stdin;\n1\n\\.\n"
                .getBytes(StandardCharsets.ISO_8859_1);
        ScriptChoice choice = new ScriptChoice(
                Part.ROWS, true, true, NamePattern.of("\"Zoë\"")::matches, sequence -> true, Set.of(), true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ToldSettings told = new ToldSettings();
        new DumpScan(new ScriptFilter(new ScriptText(out, told), told, choice), told)
                .read(new ByteArrayInputStream(script), bytes -> {});
        assertThat(out.toByteArray()).isEqualTo(script);
    }

    private static String filtered(String script, ScriptChoice choice) throws Exception {
        return filtered(script, choice, new LinkedHashSet<>());
    }

    private static String filtered(String script, ScriptChoice choice, Set<String> skipped) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ToldSettings told = new ToldSettings();
        ScriptFilter filter = new ScriptFilter(new ScriptText(out, told), told, choice);
        new DumpScan(filter, told).read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), bytes -> {});
        skipped.addAll(filter.skipped());
        return out.toString(StandardCharsets.UTF_8);
    }
}
