package dev.pgkeep.operation.restore.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that are dumped without a word, and whose dumps do not load as they are. */
final class LoadsThatFailFreshIT {
    private static final String STATES = """
            SELECT conname || ' ' || convalidated FROM pg_constraint
            WHERE connamespace::regnamespace::text !~ '^(pg_|information_schema)' AND contype IN ('c', 'f', 'p', 'u', 'x')
            ORDER BY conname, conrelid::regclass::text""";

    /** Functions that find each other through the search path, in everything that is computed while rows go in. */
    private static final String WORDS = """
            CREATE FUNCTION inner_f(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
            CREATE FUNCTION outer_f(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN inner_f(t); END';
            CREATE DOMAIN word AS text CHECK (outer_f(VALUE) <> '');
            CREATE TABLE words (id int PRIMARY KEY, w word CONSTRAINT good CHECK (outer_f(w) <> 'x'),
                low text GENERATED ALWAYS AS (outer_f(w)) STORED);
            INSERT INTO words SELECT n, 'W' || n FROM generate_series(1, 50) n;
            CREATE INDEX words_low ON words (outer_f(w));
            CREATE MATERIALIZED VIEW m AS SELECT outer_f(w) AS low FROM words;
            CREATE TABLE heard (id int, word int);
            CREATE FUNCTION hear() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO public.heard VALUES (NEW.id, 0); RETURN NEW; END';
            CREATE TRIGGER hear AFTER INSERT ON words FOR EACH ROW EXECUTE FUNCTION hear()""";

    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    /**
     * A database that does not load as it is.
     *
     * @param made what makes it; {@code {super}} and {@code {owner}} say as whom
     * @param answers what must be answered by queries afterwards
     * @param notes that must be among those of the restore, in part
     */
    private record Case(String what, String made, Map<String, String> answers, List<String> notes) {
        private static Case together(List<Case> cases) {
            Map<String, String> answers = new HashMap<>();
            cases.forEach(each -> answers.putAll(each.answers()));
            return new Case(
                    cases.stream().map(Case::what).collect(Collectors.joining("; ")),
                    cases.stream().map(Case::made).collect(Collectors.joining("; ")),
                    answers,
                    cases.stream().flatMap(each -> each.notes().stream()).toList());
        }

        private String made(TestDatabase database, Optional<PlainRole> owner) {
            String become = owner.map(role -> "SET ROLE " + role.name()).orElse("SET ROLE NONE");
            return become + "; "
                    + made.replace("{super}", "RESET ROLE;")
                            .replace("{owner}", become + ";")
                            .replace("{database}", database.name());
        }

        private void assertThat(TestDatabase restored) {
            List<String> wrong = new ArrayList<>();
            answers.forEach((query, answer) -> {
                String now = restored.ask(query);
                if (!now.equals(answer)) {
                    wrong.add(query + ": " + now + " instead of " + answer);
                }
            });
            Assertions.assertThat(wrong)
                    .as(what + " " + restored.column(STATES))
                    .isEmpty();
        }
    }

    private static final Case PATHS = Case.together(List.of(
            new Case(
                    "the default path",
                    WORDS,
                    Map.of(
                            "SELECT count(*) || ' ' || max(low) FROM words", "50 w9",
                            "SELECT count(*) FROM m", "50",
                            "SELECT count(*) FROM heard", "0",
                            "SELECT count(*) FROM pg_class WHERE relname = 'words_low'", "1",
                            "SELECT bool_and(convalidated) FROM pg_constraint WHERE conname IN ('good', 'word_check')",
                                    "t"),
                    List.of("public.words", "words_low", "public.m")),
            new Case(
                    "a table that a function looks into, whose rows come later",
                    """
                    CREATE TABLE zones (name text PRIMARY KEY);
                    INSERT INTO zones VALUES ('a'), ('b');
                    CREATE FUNCTION is_zone(z text) RETURNS boolean LANGUAGE sql STABLE AS
                        'SELECT EXISTS (SELECT FROM zones WHERE name = z)';
                    CREATE TABLE a_place (zone text CONSTRAINT known CHECK (is_zone(zone)));
                    INSERT INTO a_place VALUES ('a'), ('b'), ('b')""",
                    Map.of("SELECT count(*) FROM a_place", "3"),
                    List.of("a_place"))));

    private static final Case PATH_OF_DATABASE = new Case(
            "a path of the database",
            "CREATE SCHEMA app; SET search_path = app, public; CREATE TABLE public.heard ();"
                    + " ALTER DATABASE {database} SET search_path = app, public; " + WORDS,
            Map.of(
                    "SELECT count(*) || ' ' || max(low) FROM app.words", "50 w9",
                    "SELECT count(*) FROM app.m", "50"),
            List.of("app, public"));

    @Forms(
            value = {"CHUNKED | owner", "CUSTOM | superuser", "PLAIN | owner"},
            campaign = {"TAR | owner", "DIRECTORY | owner", "CHUNKED | superuser", "PLAIN | superuser"})
    void functions_that_find_others_through_the_search_path_are_given_it(Format format, String who) {
        check(PATHS, format, who);
    }

    @Forms(
            value = {"CHUNKED | superuser", "CUSTOM | owner", "PLAIN | superuser"},
            campaign = {"TAR | owner", "DIRECTORY | owner"})
    void the_search_path_is_the_one_that_the_database_had(Format format, String who) {
        check(PATH_OF_DATABASE, format, who);
    }

    private static final String UNREADY =
            "{super} UPDATE pg_index SET indisready = %s WHERE indexrelid = '%s'::regclass; {owner}";

    private static String duplicate(String index, String insert) {
        return UNREADY.formatted("false", index) + " " + insert + ";" + UNREADY.formatted("true", index);
    }

    private static final Case ROWS = Case.together(List.of(
            new Case(
                    "a foreign key",
                    """
                    CREATE TABLE a (id int PRIMARY KEY); INSERT INTO a VALUES (1);
                    CREATE TABLE b (a int CONSTRAINT to_a REFERENCES a); INSERT INTO b VALUES (1);
                    {super} ALTER TABLE b DISABLE TRIGGER ALL; INSERT INTO b VALUES (2);
                    ALTER TABLE b ENABLE TRIGGER ALL; {owner} SELECT 1""",
                    Map.of(
                            "SELECT count(*) FROM b", "2",
                            "SELECT convalidated FROM pg_constraint WHERE conname = 'to_a'", "f"),
                    List.of("to_a of public.b is NOT VALID")),
            new Case(
                    "checks of a table, its partitions and heirs, and of a domain",
                    """
                    CREATE FUNCTION top() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 10';
                    CREATE TABLE t (n int CONSTRAINT low CHECK (n < public.top()), other int CHECK (other > 0));
                    COMMENT ON CONSTRAINT low ON t IS 'not high';
                    CREATE TABLE heir () INHERITS (t);
                    CREATE TABLE p (n int, CONSTRAINT small CHECK (n < public.top())) PARTITION BY LIST (n);
                    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, 9);
                    CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
                    CREATE DOMAIN digit AS int CONSTRAINT one_digit CHECK (VALUE < public.top());
                    CREATE DOMAIN odd AS digit;
                    CREATE TABLE digits (d digit, o odd, many digit[]);
                    INSERT INTO t VALUES (9, 1); INSERT INTO heir VALUES (9, 1); INSERT INTO p VALUES (1), (9), (2);
                    INSERT INTO digits VALUES (9, 9, '{9}');
                    CREATE OR REPLACE FUNCTION top() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 5'""",
                    Map.of(
                            "SELECT (SELECT count(*) FROM t) || ' ' || (SELECT count(*) FROM p) || ' ' ||"
                                    + " (SELECT count(*) FROM digits)",
                            "2 3 1",
                            "SELECT string_agg(conname || convalidated || coninhcount, ' ' ORDER BY conname,"
                                    + " coninhcount, conrelid::regclass::text) FROM pg_constraint WHERE conname IN"
                                    + " ('low', 'small', 'one_digit', 't_other_check')",
                            "lowfalse0 lowfalse1 one_digitfalse0 smallfalse0 smallfalse1 smallfalse1"
                                    + " t_other_checktrue0 t_other_checktrue1",
                            "SELECT obj_description(oid) FROM pg_constraint WHERE conname = 'low' AND coninhcount = 0",
                            "not high"),
                    List.of(
                            "the check low of public.t is NOT VALID",
                            "the check small of public.p is NOT VALID",
                            "the check one_digit of the domain public.digit is NOT VALID")),
            new Case(
                    "a key, what points to it, a unique index and an exclusion",
                    "CREATE TABLE k (id int PRIMARY KEY, u int, r int4range);"
                            + "CREATE UNIQUE INDEX k_u ON k (u);"
                            + "ALTER TABLE k ADD CONSTRAINT apart EXCLUDE USING gist (r WITH &&);"
                            + "CREATE TABLE l (k int CONSTRAINT to_k REFERENCES k);"
                            + "CREATE VIEW v AS SELECT id, u, count(*) FROM k GROUP BY id;"
                            + "INSERT INTO k VALUES (1, 1, '[1,5)'), (2, 2, '[5,9)'); INSERT INTO l VALUES (1);"
                            + duplicate("k_pkey", "INSERT INTO k VALUES (1, 3, '[20,21)')")
                            + duplicate("k_u", "INSERT INTO k VALUES (4, 2, '[22,23)')")
                            + duplicate("apart", "INSERT INTO k VALUES (5, 5, '[1,9)')")
                            + "COMMENT ON CONSTRAINT apart ON k IS 'apart'",
                    Map.of(
                            "SELECT count(*) FROM k", "5",
                            "SELECT count(*) FROM l", "1",
                            "SELECT count(*) FROM pg_constraint WHERE conname IN ('k_pkey', 'apart', 'to_k')", "0",
                            "SELECT count(*) FROM pg_class WHERE relname = 'k_u'", "0"),
                    List.of(
                            "k_pkey of public.k, because",
                            "left out: the index",
                            "apart of public.k, because",
                            "to_k of public.l, because")),
            new Case(
                    "NOT NULL of a domain",
                    """
                    CREATE DOMAIN given AS int; CREATE TABLE n (s given); INSERT INTO n VALUES (NULL), (1);
                    {super} UPDATE pg_type SET typnotnull = true WHERE typname = 'given'; {owner} SELECT 1""",
                    Map.of("SELECT count(*) FROM n", "2"),
                    List.of("left out: NOT NULL of public.given"))));

    @Forms(
            value = {"CHUNKED | superuser", "CHUNKED | owner", "CUSTOM | owner", "PLAIN | superuser"},
            campaign = {"TAR | owner", "DIRECTORY | owner", "CUSTOM | superuser", "PLAIN | owner"})
    void rows_that_their_constraints_would_refuse_today_are_all_there_and_it_is_said(Format format, String who) {
        check(ROWS, format, who);
    }

    @Test
    void a_dump_of_inserts_is_mended_too() throws Exception {
        for (String format : List.of("-Fp", "-Fc")) {
            try (var database = server.database();
                    var restored = new TestDatabase(server, database.name() + "_new")) {
                Case all = Case.together(List.of(PATHS, ROWS));
                database.execute(all.made(database, Optional.empty()));
                var bench = Workbench.of(folder.resolve(database.name()), database);
                Path file = dump(database, format, "--inserts");

                bench.restore(file, fresh(bench, database));

                all.assertThat(restored);
            }
        }
    }

    private static final Case ORDER = new Case(
            "what must wait for something else",
            """
            CREATE DOMAIN late AS int;
            CREATE TABLE a_late (n late); INSERT INTO a_late SELECT n FROM generate_series(1, 1000) n;
            ALTER DOMAIN late ADD CONSTRAINT none CHECK (VALUE < 0) NOT VALID;
            CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TABLE z_root (n int) PARTITION BY LIST (n);
            CREATE TABLE a_part PARTITION OF z_root FOR VALUES IN (1);
            CREATE TABLE b_part PARTITION OF z_root FOR VALUES IN (2);
            CREATE TRIGGER stop AFTER INSERT ON z_root FOR EACH ROW EXECUTE FUNCTION nothing();
            ALTER TABLE a_part DISABLE TRIGGER stop""",
            Map.of(
                    "SELECT count(*) FROM a_late",
                    "1000",
                    "SELECT convalidated FROM pg_constraint WHERE conname = 'none'",
                    "f",
                    "SELECT string_agg(tgenabled::text, '' ORDER BY tgrelid::regclass::text) FROM pg_trigger"
                            + " WHERE tgname = 'stop'",
                    "DOO"),
            List.of());

    @Forms(
            value = {"CHUNKED | superuser", "CUSTOM | superuser", "PLAIN | superuser"},
            campaign = {"DIRECTORY | owner"})
    void what_must_wait_for_something_else_waits(Format format, String who) {
        check(ORDER, format, who);
    }

    @Forms(
            value = {"CHUNKED | gone", "CHUNKED | not ours", "CUSTOM | gone", "PLAIN | gone", "PLAIN | not ours"},
            campaign = {"CUSTOM | not ours", "DIRECTORY | gone"})
    void what_lies_in_a_tablespace_that_cannot_be_used_lies_in_the_default_one(Format format, String why)
            throws SQLException {
        var database = server.database();
        String lost = "lost_" + database.name();
        String kept = "kept_" + database.name();
        try (var role = PlainRole.owning(database, "CREATEDB");
                var restored = new TestDatabase(server, database.name() + "_new")) {
            for (String name : List.of(lost, kept)) {
                database.execute("SET allow_in_place_tablespaces = on");
                try (var connection = database.connect();
                        var statement = connection.createStatement()) {
                    statement.execute("SET allow_in_place_tablespaces = on");
                    statement.execute("CREATE TABLESPACE " + name + " LOCATION ''");
                    statement.execute("GRANT CREATE ON TABLESPACE " + name + " TO " + role.name());
                }
            }
            role.execute("CREATE TABLE a (n int) TABLESPACE " + kept + "; CREATE TABLE b (n int, CONSTRAINT b_key"
                    + " PRIMARY KEY (n) USING INDEX TABLESPACE " + lost + ") TABLESPACE " + lost
                    + "; CREATE TABLE c (n int); CREATE INDEX c_lost ON c (n) TABLESPACE " + lost
                    + "; CREATE INDEX c_kept ON c (n) TABLESPACE " + kept + "; INSERT INTO b VALUES (1)");
            var bench = Workbench.of(folder, role.url());
            Manifest made = bench.backup(Workbench.of(format, "none"));
            if (why.equals("gone")) {
                role.execute("DROP TABLE b; DROP INDEX c_lost");
                server.execute("DROP TABLESPACE " + lost);
            } else {
                server.execute("REVOKE CREATE ON TABLESPACE " + lost + " FROM " + role.name());
            }

            RestoreOutcome outcome = bench.restore(made, fresh(bench, database));

            assertThat(restored.column("SELECT relname || ' ' || coalesce(spcname, 'default') FROM pg_class c"
                            + " LEFT JOIN pg_tablespace t ON t.oid = reltablespace"
                            + " WHERE relnamespace = 'public'::regnamespace ORDER BY 1"))
                    .containsExactly(
                            "a " + kept, "b default", "b_key default", "c default", "c_kept " + kept, "c_lost default");
            assertThat(outcome.notes()).anyMatch(line -> line.contains("tablespace") && line.contains("default"));
            server.execute("DROP DATABASE " + restored.name());
            database.close();
            server.execute("DROP TABLESPACE IF EXISTS " + lost);
            server.execute("DROP TABLESPACE " + kept);
        }
    }

    @Test
    void a_proof_goes_the_same_way() {
        try (var database = server.database()) {
            database.execute(Case.together(List.of(PATHS, ROWS)).made(database, Optional.empty()));
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));

            assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    @Forms(
            value = {"CHUNKED", "CUSTOM", "PLAIN"},
            campaign = {"TAR", "DIRECTORY"})
    void what_fails_with_the_search_path_too_fails_the_restore_with_the_words_of_the_server(Format format) {
        try (var database = server.database()) {
            database.execute(
                    WORDS.replace("{owner}", "").replace("{super}", "") + "; ALTER FUNCTION inner_f RENAME TO gone");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(format, "none"));

            assertThatThrownBy(() -> bench.restore(made, fresh(bench, database)))
                    .hasMessageContaining("function inner_f(text) does not exist");
        }
    }

    private static Wish fresh(Workbench bench, TestDatabase database) {
        return Wish.to(bench.target().withDatabase(database.name() + "_new"))
                .createDb()
                .ownersAndGrants();
    }

    private void check(Case each, Format format, String who) {
        try (var database = server.database();
                var restored = new TestDatabase(server, database.name() + "_new")) {
            Optional<PlainRole> owner =
                    who.equals("owner") ? Optional.of(PlainRole.owning(database, "CREATEDB")) : Optional.empty();
            database.execute(each.made(database, owner));
            var bench = Workbench.of(folder, owner.map(PlainRole::url).orElseGet(database::url));
            Manifest made = bench.backup(Workbench.of(format, "none"));

            RestoreOutcome outcome = bench.restore(made, fresh(bench, database));

            each.assertThat(restored);
            for (String note : each.notes()) {
                assertThat(outcome.notes()).as(each.what()).anyMatch(line -> line.contains(note));
            }
        }
    }

    private Path dump(TestDatabase database, String... options) {
        Path file = folder.resolve(database.name() + ".dump");
        var cluster = database.server().cluster();
        List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + cluster.password()));
        command.addAll(ClientTools.find(PostgresClients.environment(), Optional.empty())
                .sets()
                .getFirst()
                .command(Tool.PG_DUMP, options));
        command.addAll(List.of(
                "--file=" + file,
                "--host=" + cluster.host(),
                "--port=" + cluster.port(),
                "--username=" + cluster.superuser(),
                database.name()));
        assertThat(Commands.run(command).status()).isZero();
        return file;
    }
}
