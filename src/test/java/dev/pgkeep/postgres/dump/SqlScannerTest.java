package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SqlScannerTest {
    private static final List<String> ODD_PIECES = found(Scripts.ODD);

    @Test
    void statements_end_where_psql_ends_them() throws Exception {
        assertThat(ODD_PIECES)
                .startsWith("meta \\restrict abcDEF123", "statement SET client_encoding = 'UTF8';")
                .contains(
                        "statement SELECT E'it\\'s; ''fine\\'; \\\\', 'back\\', \"odd;name\", U&'\\0061;', 'it''s;';",
                        "statement SELECT E'a''b\\';c';",
                        "statement SELECT $$ ; ' \" -- /* $$, $a$ $$ ; $b$ $a$, $1, a$b$c, x1$$;",
                        "statement PREPARE p AS SELECT $1;",
                        "statement SELECT 1 - -1, 2 /* one; /* two; */ still; */ /*/ odd; */ ;",
                        "statement SELECT '--', '/*', \"--\", \"/*\", '*/';",
                        "statement CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC DELETE FROM t; END;",
                        "statement CREATE RULE r AS ON UPDATE TO v DO INSTEAD ( UPDATE a SET x = 1; DELETE FROM b; );",
                        "statement BEGIN;",
                        "statement COMMIT;",
                        "statement COPY (SELECT ' from stdin') TO '/dev/null';",
                        "statement COPY \"a FROM stdin\" TO stdout;")
                .anyMatch(each -> each.startsWith("statement CREATE FUNCTION f") && each.endsWith("END;"))
                .endsWith("end");
    }

    @Test
    void a_comment_before_a_statement_is_not_its_beginning() throws Exception {
        assertThat(Pieces.of("-- one;\n/* two; */ -- three\n SELECT 1; -- four\n").found)
                .containsExactly("statement SELECT 1;", "end");
        assertThat(Pieces.of("SELECT 1").found).containsExactly("end SELECT 1");
    }

    @Test
    void rows_are_counted_and_never_taken_for_statements() {
        assertThat(ODD_PIECES)
                .contains(
                        "5 rows 1\tone\n\\N\t\\.x\n\\\\.\tbackslash\n\\.x\n;'\"$$--/*\t\\n\n",
                        "copy COPY public.nothing () FROM stdin;",
                        "2 rows \n\n",
                        "0 rows ",
                        "copy COPY \"od;d \"\" from stdin\".\"name\nwith 'line\" (\"c,)\") FROM stdin;",
                        "1 rows x\n",
                        "copy copy t from stdin with (format csv, null ';');",
                        "1 rows 1\n");
    }

    @Test
    void a_command_of_psql_ends_at_its_line_even_inside_a_statement() throws Exception {
        assertThat(Pieces.of("SELECT 5 AS x \\gset\nSELECT 6; \\echo a; b\nSELECT 7;").found)
                .containsExactly(
                        "statement SELECT 5 AS x",
                        "meta \\gset",
                        "statement SELECT 6;",
                        "meta \\echo a; b",
                        "statement SELECT 7;");
    }

    @Test
    void windows_line_ends_are_understood() throws Exception {
        Pieces pieces = Pieces.of("COPY t (a) FROM stdin;\r\n1\r\n2\r\n\\.\r\nSELECT 1;\r\n");
        assertThat(pieces.found)
                .containsExactly("copy COPY t (a) FROM stdin;", "2 rows 1\r\n2\r\n", "statement SELECT 1;", "end");
        assertThat(pieces.joined.toString(StandardCharsets.UTF_8)).endsWith("2\r\n\\.\r\nSELECT 1;\r\n");
    }

    @Test
    void strings_end_where_the_server_ends_them() throws Exception {
        assertThat(Pieces.of("SELECT 1 --'\r;SELECT 2;").found).startsWith("statement SELECT 1 --'\r;");
        assertThat(Pieces.of("SELECT E'a'\n -- it goes on\n 'b\\';c'; SELECT 2;").found)
                .containsExactly("statement SELECT E'a'\n -- it goes on\n 'b\\';c';", "statement SELECT 2;");
        assertThat(Pieces.of("SELECT E'a' 'b\\'; SELECT 2;").found)
                .containsExactly("statement SELECT E'a' 'b\\';", "statement SELECT 2;");
        assertThat(Pieces.of("SELECT 1$$;$$, 1.5$$;$$, 1a$$; SELECT $E'\\';';").found)
                .containsExactly("statement SELECT 1$$;$$, 1.5$$;$$, 1a$$;", "statement SELECT $E'\\';';");
    }

    @Test
    void backslashes_mean_what_the_script_has_set() throws Exception {
        for (String off : List.of(
                "SET standard_conforming_strings = off;",
                "set session STANDARD_CONFORMING_STRINGS to 'OFF';",
                "SELECT pg_catalog.set_config('standard_conforming_strings', 'off', false);")) {
            Pieces pieces = new Pieces();
            String script =
                    off + "\nSELECT 'a\\';b', b'\\', $$\\$$;\nSET standard_conforming_strings = on; SELECT '\\';";
            new DumpScan(pieces, new ToldSettings())
                    .read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), bytes -> {});
            assertThat(pieces.found)
                    .as(off)
                    .containsExactly(
                            "statement " + off,
                            "statement SELECT 'a\\';b', b'\\', $$\\$$;",
                            "statement SET standard_conforming_strings = on;",
                            "statement SELECT '\\';");
        }
    }

    @Test
    void a_byte_of_a_character_is_no_backslash() throws Exception {
        for (String name : List.of("SJIS", "BIG5", "GBK", "GB18030")) {
            byte[] script = ("SET NAMES '" + name + "';\nSELECT E'\u8868', '\u529f', \u8868;\nSELECT 2;\n")
                    .getBytes(ClientEncoding.charset(name));
            Pieces pieces = new Pieces();
            ToldSettings told = new ToldSettings();
            DumpScan scan = new DumpScan(pieces, told);
            scan.read(new ByteArrayInputStream(script), bytes -> {});
            assertThat(pieces.found).as(name).hasSize(4).contains("statement SELECT 2;");
        }
    }

    @Test
    void rows_follow_whatever_a_copy_looks_like() throws Exception {
        for (String copy : List.of(
                "COPY/* a */t -- b\n FROM /* c /* d */ */ stdin;",
                "COPY U&\"t\\0061\" (\"c;d\", e) FROM stdout WITH (FORMAT csv);",
                "copy binary \"from stdin\".\"stdin\" from STDIN;",
                "COPY t FROM stdin WHERE a > 1;")) {
            assertThat(found(copy + "\n1\n\\.\n")).as(copy).containsExactly("copy " + copy, "1 rows 1\n");
        }
        assertThat(found("COPY t TO stdout; COPY (SELECT 1) TO stdout;\n")).noneMatch(each -> each.startsWith("copy"));
    }

    @Test
    void what_no_dump_has_is_refused() {
        String comment = "/* " + "x".repeat(2_000_000) + " */";
        for (String hostile : List.of(
                "COPY t FROM stdin; \\! touch x\n\\.\n",
                "COPY t FROM stdin; SELECT 1;\n1\n\\.\n",
                "COPY (SELECT '--') TO PROGRAM 'x';",
                "COPY \"--\" TO PROGRAM 'x';",
                "COPY t /* a /* b */ */ FROM PROGRAM 'x';",
                "COPY (SELECT '/*') TO PROGRAM 'x' /* */;",
                "COPY t FROM " + comment + " PROGRAM 'x';",
                "copy t from program $$x$$;",
                "SELECT 1\u0000;")) {
            assertThatThrownBy(() -> scanned(hostile))
                    .as(hostile.substring(0, 10))
                    .isInstanceOfSatisfying(
                            PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED));
        }
    }

    @Test
    void rows_of_inserts_are_counted_where_the_text_tells() throws Exception {
        DumpContents contents = scanned("""
                INSERT INTO s.t VALUES (1, '(),('), (2, (SELECT 3)); -- (4)
                INSERT INTO s.t (a, "b(") OVERRIDING SYSTEM VALUE VALUES (DEFAULT, $$;($$) RETURNING (a), (b);
                INSERT INTO "S".u DEFAULT VALUES;
                INSERT INTO v SELECT 1;
                INSERT INTO w VALUES (1) ON CONFLICT DO NOTHING;
                INSERT INTO w VALUES (2);
                """).contents();
        assertThat(contents.expected().toString()).isEqualTo("{S.u=1, s.t=3}");
        assertThat(contents.uncounted().toString()).isEqualTo("[.v, .w]");
        String huge = "INSERT INTO t VALUES " + "(1, 'x'),".repeat(200_000) + "(2, 'y');";
        assertThat(scanned(huge).contents().expected().values()).containsExactly(200_001L);
    }

    @Test
    void rows_are_not_counted_where_something_else_may_change_them() throws Exception {
        for (String more : List.of("DELETE FROM t;", "DO $$ $$;", "BEGIN; SELECT f();", "TRUNCATE t;", "BEGIN;")) {
            DumpContents contents =
                    scanned("INSERT INTO t VALUES (1);\n" + more).contents();
            assertThat(contents.expected()).as(more).isEmpty();
            assertThat(contents.uncounted()).as(more).hasSize(1);
        }
    }

    @Property(tries = 300)
    void joined_pieces_are_the_script_however_it_arrives(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int longest) throws Exception {
        byte[] script = Scripts.ODD.getBytes(StandardCharsets.UTF_8);
        Pieces pieces = fed(script, new Random(seed), longest);
        assertThat(pieces.joined.toByteArray()).isEqualTo(script);
        assertThat(pieces.found).isEqualTo(ODD_PIECES);
    }

    @Property(tries = 1000)
    void joined_pieces_are_the_script_whatever_it_is(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        String[] words = {
            "'",
            "\"",
            "$$",
            "$a$",
            "$",
            "\\",
            ".",
            "\n",
            "\r",
            ";",
            "--",
            "/*",
            "*/",
            "E'",
            "COPY t FROM stdin;\n",
            "\\.\n",
            "(",
            ")",
            "CREATE FUNCTION ",
            "BEGIN ATOMIC ",
            "END",
            "x",
            " ",
            "\t",
            "é"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append(words[random.nextInt(words.length)]);
        }
        byte[] script = text.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(fed(script, random, 7).joined.toByteArray()).isEqualTo(script);
    }

    @Test
    void statements_of_more_than_a_megabyte_pass_in_pieces() throws Exception {
        String huge = "INSERT INTO t VALUES ('" + "x;-- \\connect y\n".repeat(200_000) + "');\n";
        Pieces pieces = Pieces.of("SELECT 1;\n" + huge + "SELECT 2;\n");
        assertThat(pieces.found)
                .containsExactly("statement SELECT 1;", "long statement", "end of it", "statement SELECT 2;", "end");
        assertThat(pieces.joined.size()).isEqualTo(20 + huge.length());
    }

    @Test
    void no_part_of_a_comment_is_sent_without_its_beginning() throws Exception {
        String table = "CREATE TABLE a(x text);";
        for (String open : List.of("--", "/*")) {
            String close = open.equals("--") ? "\n;" : "*/;";
            for (int shift = -3; shift <= 3; shift++) {
                String view = "\nCREATE VIEW v AS SELECT 1 AS a, '";
                view += "k".repeat(SqlScanner.LONGEST - view.length() - 1 + shift) + "'";
                String comment = open + "c".repeat(SqlScanner.LONGEST - 2) + ", 'never reviewed' AS smuggled" + close;
                Pieces pieces = Pieces.of(table + view + comment);
                String sent = pieces.sent.toString(StandardCharsets.UTF_8);
                assertThat(sent.equals(table + view + comment)).as(open + shift).isTrue();
            }
        }
    }

    @Test
    void a_value_of_many_megabytes_streams_through() throws Exception {
        String line = "x".repeat(5_000_000) + "\n";
        Pieces pieces = Pieces.of("COPY t (a) FROM stdin;\n" + line + "\\.\n");
        assertThat(pieces.found.getLast()).hasSize("1 rows ".length() + line.length());
    }

    @Test
    void a_script_cut_off_anywhere_is_never_reported_as_whole() throws Exception {
        byte[] script = Scripts.ODD.getBytes(StandardCharsets.UTF_8);
        int footer = Scripts.ODD.indexOf("-- PostgreSQL database dump complete") + 36;
        for (int length = 0; length < footer; length++) {
            DumpScan scan = new DumpScan(null);
            scan.read(new ByteArrayInputStream(script, 0, length), bytes -> {});
            assertThat(scan.missingEnd()).as("cut after %s bytes", length).isPresent();
        }
        assertThat(scanned(Scripts.ODD).missingEnd()).isEmpty();
    }

    @Test
    void a_script_that_ends_in_rows_quotes_or_a_body_is_not_whole() throws Exception {
        for (String cut : List.of(
                "COPY t FROM stdin;\n1\n",
                "COPY t FROM stdin;\n1\n\\.",
                "SELECT 'a",
                "SELECT \"a",
                "SELECT $$a",
                "/* a",
                "SELECT (1; ",
                "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1;",
                "COPY t FROM stdin;")) {
            SqlScanner scanner = new SqlScanner(new Pieces(), new ToldSettings());
            byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
            scanner.feed(bytes, 0, bytes.length);
            assertThat(scanner.finish()).as(cut).isFalse();
        }
    }

    @Test
    void a_script_that_ends_inside_a_transaction_is_not_whole() throws Exception {
        String rows = "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n";
        for (String cut : List.of(
                "BEGIN;\n" + rows,
                "begin work;" + rows,
                "-- a\nSTART /* b */ TRANSACTION ISOLATION LEVEL SERIALIZABLE;" + rows,
                "BEGIN;" + rows + "SAVEPOINT a; ROLLBACK TO a;",
                "BEGIN;" + rows + "ROLLBACK TRANSACTION TO SAVEPOINT a;",
                "BEGIN;" + rows + "COMMIT AND CHAIN; SELECT 1;",
                "BEGIN;" + rows + "COMMIT; BEGIN;",
                "BEGIN;" + rows + "PREPARE p AS SELECT 1;",
                "BEGIN; CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END;",
                rows + "BEGIN")) {
            assertThat(scanned(cut).missingEnd())
                    .as(cut)
                    .hasValueSatisfying(why -> assertThat(why).contains("COMMIT is missing"));
        }
        for (String end : List.of(
                "COMMIT;",
                "commit work;",
                "END;",
                "END TRANSACTION;",
                "ROLLBACK;",
                "ABORT;",
                "/* a */ COMMIT -- b\n;",
                "COMMIT AND NO CHAIN;",
                "COMMIT AND CHAIN; COMMIT",
                "SAVEPOINT a; ROLLBACK TO SAVEPOINT a; RELEASE a; COMMIT;",
                "PREPARE TRANSACTION 'a'; COMMIT PREPARED 'a';")) {
            assertThat(scanned("BEGIN;\n" + rows + end).missingEnd()).as(end).isEmpty();
        }
        assertThat(scanned(rows + "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END; DO $$ BEGIN END $$;")
                        .missingEnd())
                .isEmpty();
    }

    @Test
    void the_end_of_one_database_is_not_the_end_of_a_cluster() throws Exception {
        String cluster = "--\n-- PostgreSQL database cluster dump\n--\n\n" + Scripts.SMALL + Scripts.SMALL
                + "--\n-- PostgreSQL database cluster dump complete\n--\n";
        assertThat(scanned(cluster).missingEnd()).isEmpty();
        assertThat(scanned(cluster.substring(0, cluster.length() - 40)).missingEnd())
                .isPresent();
        assertThat(scanned(cluster.replace("\n", "\r\n")).missingEnd()).isEmpty();
    }

    @Test
    void a_footer_inside_a_value_is_no_footer() throws Exception {
        String value = "SELECT '\n-- PostgreSQL database dump complete\n" + "x".repeat(3_000_000)
                + "\n-- PostgreSQL database dump complete\n';\n";
        assertThat(scanned("-- PostgreSQL database dump\n" + value).missingEnd())
                .isPresent();
    }

    @Test
    void counts_tables_rows_and_versions() throws Exception {
        DumpContents contents = scanned(Scripts.SMALL).contents();
        assertThat(contents.rows().toString()).isEqualTo("{public.t=3, public.u=1}");
        assertThat(contents.serverVersion()).contains("15.18");
        assertThat(contents.dumpVersion()).contains("17.6");
        assertThat(contents.inserts()).isFalse();
        assertThat(scanned("INSERT INTO t VALUES (1);").contents().inserts()).isTrue();
    }

    private static List<String> found(String script) {
        try {
            return Pieces.of(script).found;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static DumpScan scanned(String script) throws Exception {
        DumpScan scan = new DumpScan(null);
        scan.read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), bytes -> {});
        return scan;
    }

    private static Pieces fed(byte[] script, Random random, int longest) throws Exception {
        Pieces pieces = new Pieces();
        SqlScanner scanner = new SqlScanner(pieces, new ToldSettings());
        for (int at = 0; at < script.length; ) {
            int length = Math.min(script.length - at, 1 + random.nextInt(longest));
            // A buffer of its own, and dirty around it: nothing may be kept by reference.
            byte[] buffer = new byte[length + 2];
            Arrays.fill(buffer, (byte) ';');
            System.arraycopy(script, at, buffer, 1, length);
            scanner.feed(buffer, 1, length);
            at += length;
        }
        scanner.finish();
        return pieces;
    }
}
