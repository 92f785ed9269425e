package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What happens to tables between two backups: each table has seen one thing. The second backup reads it whole, or what
 * changed in it, and holds what the server has; so does a backup that reads everything.
 */
final class IncrementalIT {
    private static final String BEFORE = """
            CREATE FUNCTION pg_temp.fill(name text) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                EXECUTE format('CREATE TABLE %I (id int, v text)', name);
                EXECUTE format('INSERT INTO %I SELECT i, md5(i::text) FROM generate_series(1, 400) i', name);
            END $$;
            SELECT pg_temp.fill(name) FROM unnest(ARRAY['quiet', 'full_vacuumed', 'truncated', 'clustered', 'moved', 'widened',
                'replaced', 'recreated', 'renamed', 'swapped_a', 'swapped_b', 'unlogged_since', 'frozen', 'copied',
                'prepared', 'held', 'rolled_back', 'locked', 'hot', 'reused', 'emptied', 'ordered', 'retyped',
                'column_renamed', 'appended', 'shrunk']) AS n (name);
            DELETE FROM full_vacuumed WHERE id % 2 = 0; VACUUM full_vacuumed;
            DELETE FROM clustered WHERE id % 2 = 0; CREATE INDEX ordered_by ON clustered (v);
            DELETE FROM moved WHERE id % 2 = 0; VACUUM moved;
            ALTER TABLE hot ADD PRIMARY KEY (id); ALTER TABLE hot SET (fillfactor = 50); VACUUM FULL hot;
            INSERT INTO shrunk SELECT i, repeat('x', 500) FROM generate_series(401, 3000) i;
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            CREATE TABLE moods (m mood, more mood[]); INSERT INTO moods SELECT 'sad', '{sad,happy}' FROM generate_series(1, 50);
            CREATE TYPE pair AS (a int, b text);
            CREATE TABLE pairs (p pair); INSERT INTO pairs SELECT (i, 'b')::pair FROM generate_series(1, 50) i;
            CREATE TABLE target_of_class (n int);
            CREATE TABLE classes (c regclass); INSERT INTO classes SELECT 'target_of_class' FROM generate_series(1, 50);
            CREATE DOMAIN class_domain AS regclass;
            CREATE TABLE class_domains (c class_domain[]); INSERT INTO class_domains VALUES ('{target_of_class}');
            CREATE UNLOGGED TABLE never_logged (n int); INSERT INTO never_logged SELECT generate_series(1, 50);
            CREATE TABLE texts (id int, q tsquery, m money); INSERT INTO texts SELECT i, 'a & b', i FROM generate_series(1, 400) i;
            CREATE TABLE bare (); INSERT INTO bare SELECT FROM generate_series(1, 400);
            CREATE TABLE toasted (id int, v text); ALTER TABLE toasted ALTER v SET STORAGE EXTERNAL;
            INSERT INTO toasted SELECT i, repeat(md5(i::text), 200) FROM generate_series(1, 100) i;
            CREATE TABLE huge (id int, v text); INSERT INTO huge SELECT i, 'v' FROM generate_series(1, 100) i;
            CREATE TABLE parent (id int) PARTITION BY RANGE (id);
            CREATE TABLE stays PARTITION OF parent FOR VALUES FROM (0) TO (100);
            CREATE TABLE leaves PARTITION OF parent FOR VALUES FROM (100) TO (200);
            INSERT INTO parent SELECT generate_series(1, 199);
            CREATE TABLE joins AS SELECT generate_series(300, 399) AS id""";

    /** What was read whole, and why. */
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("full_vacuumed", "rewritten since"),
            Map.entry("truncated", "rewritten since"),
            Map.entry("clustered", "rewritten since"),
            Map.entry("moved", "rewritten since"),
            Map.entry("retyped", "rewritten since"),
            Map.entry("unlogged_since", "it is unlogged"),
            Map.entry("widened", "columns or their types"),
            Map.entry("replaced", "columns or their types"),
            Map.entry("moods", "columns or their types"),
            Map.entry("pairs", "columns or their types"),
            Map.entry("recreated", "does not have it"),
            Map.entry("classes", "values of type regclass (c)"),
            Map.entry("class_domains", "values of type regclass (c)"),
            Map.entry("never_logged", "it is unlogged"));

    @TempDir
    private static Path folder;

    private static TestDatabase database;
    private static Workbench bench;
    private static Manifest second;
    private static Manifest full;

    @BeforeAll
    static void changeEverything() throws SQLException {
        database = PostgresServers.any().database();
        bench = Workbench.of(folder, database);
        database.execute("ALTER SYSTEM SET autovacuum = off");
        database.execute("SELECT pg_reload_conf()");
        run(BEFORE);
        try (Connection held = database.connect();
                Statement late = held.createStatement()) {
            run("BEGIN; UPDATE prepared SET v = 'two phases' WHERE id <= 5; DELETE FROM prepared WHERE id > 395;"
                    + " PREPARE TRANSACTION 'p'");
            late.execute("BEGIN; UPDATE held SET v = 'late' WHERE id <= 5");
            bench.backup();
            late.execute("DELETE FROM held WHERE id > 395; COMMIT");
        }
        change();
        second = bench.backup();
        full = bench.backup(full());
    }

    private static void change() throws SQLException {
        run("COMMIT PREPARED 'p'");
        run("VACUUM FULL full_vacuumed");
        run("CLUSTER clustered USING ordered_by");
        run("BEGIN; TRUNCATE truncated; INSERT INTO truncated SELECT i, 'new' FROM generate_series(1, 400) i; COMMIT");
        run("SET allow_in_place_tablespaces = on; CREATE TABLESPACE elsewhere LOCATION ''");
        run("ALTER TABLE moved SET TABLESPACE elsewhere");
        run("ALTER TABLE retyped ALTER id TYPE bigint");
        run("ALTER TABLE widened ADD extra int DEFAULT 7");
        run("ALTER TABLE replaced DROP v; ALTER TABLE replaced ADD v text");
        run("ALTER TABLE column_renamed RENAME v TO w");
        run("DROP TABLE recreated; CREATE TABLE recreated (id int, v text);"
                + " INSERT INTO recreated SELECT i, 'other' FROM generate_series(1, 400) i");
        run("ALTER TABLE renamed RENAME TO renamed_since");
        run("UPDATE swapped_a SET v = 'a' WHERE id = 1; ALTER TABLE swapped_a RENAME TO x;"
                + " ALTER TABLE swapped_b RENAME TO swapped_a; ALTER TABLE x RENAME TO swapped_b");
        run("ALTER TABLE unlogged_since SET UNLOGGED");
        run("UPDATE frozen SET v = 'f' WHERE id <= 5");
        run("VACUUM (FREEZE) frozen");
        run("BEGIN; TRUNCATE copied; COPY copied FROM PROGRAM 'seq -f \"%g\tcopied\" 1 400' WITH (FREEZE); COMMIT");
        run("BEGIN; UPDATE rolled_back SET v = 'never' WHERE id < 50; ROLLBACK; BEGIN; SAVEPOINT s;"
                + " UPDATE rolled_back SET v = 'never' WHERE id < 50; ROLLBACK TO s;"
                + " SAVEPOINT t; UPDATE rolled_back SET v = 'kept' WHERE id = 7; RELEASE t; COMMIT");
        run("BEGIN; SELECT count(*) FROM (SELECT 1 FROM locked FOR UPDATE) l; COMMIT");
        run("UPDATE hot SET v = 'hot' WHERE id <= 5; UPDATE hot SET v = 'hotter' WHERE id <= 5");
        run("DELETE FROM reused WHERE id BETWEEN 10 AND 40");
        run("VACUUM reused");
        run("INSERT INTO reused SELECT i, 'reused' FROM generate_series(1000, 1030) i");
        run("DELETE FROM emptied");
        run("WITH d AS (DELETE FROM ordered RETURNING *) INSERT INTO ordered SELECT * FROM d ORDER BY id DESC");
        run("INSERT INTO appended SELECT i, repeat(md5(i::text), 20) FROM generate_series(401, 2000) i");
        run("DELETE FROM shrunk WHERE id > 1000");
        run("VACUUM shrunk");
        run("ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'");
        run("ALTER TYPE pair ADD ATTRIBUTE c int");
        run("ALTER TABLE target_of_class RENAME TO another_target");
        run("UPDATE texts SET m = 5 WHERE id <= 5");
        run("DELETE FROM bare WHERE ctid IN (SELECT ctid FROM bare LIMIT 9); INSERT INTO bare SELECT FROM generate_series(1, 3)");
        run("UPDATE toasted SET id = id + 1000 WHERE id <= 5");
        run("UPDATE huge SET v = repeat('wide', 3000000) WHERE id = 50");
        run("ALTER TABLE parent DETACH PARTITION leaves;"
                + " ALTER TABLE parent ATTACH PARTITION joins FOR VALUES FROM (300) TO (400)");
    }

    @AfterAll
    static void drop() {
        database.close();
        database.server().execute("DROP TABLESPACE elsewhere");
        database.server().execute("ALTER SYSTEM RESET autovacuum");
        database.server().execute("SELECT pg_reload_conf()");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full_vacuumed", "truncated", "clustered", "moved", "retyped", "unlogged_since", "widened", "replaced",
                "moods", "pairs", "recreated", "classes", "class_domains", "never_logged"
            })
    void a_table_whose_rows_may_read_otherwise_is_read_whole(String name) {
        assertRight(name);
        assertThat(table(second, name).whole()).contains(Objects.requireNonNull(WHOLE.get(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quiet", "renamed_since", "rolled_back", "locked", "column_renamed", "frozen", "prepared", "held", "hot",
                "reused", "emptied", "ordered", "appended", "shrunk", "swapped_a", "swapped_b", "texts", "bare", "toasted",
                "huge", "stays", "leaves", "joins"
            })
    void of_every_other_table_what_changed_is_read(String name) {
        assertRight(name);
        assertThat(table(second, name).whole()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"quiet", "renamed_since", "locked", "column_renamed", "stays", "leaves", "joins"})
    void of_rows_that_nobody_wrote_nothing_is_read(String name) {
        assertThat(table(second, name).read()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rolled_back", "frozen", "prepared", "held", "hot", "reused", "texts", "bare", "toasted"})
    void of_a_table_with_few_changed_rows_few_are_read(String name) {
        Manifest.Table table = table(second, name);
        assertThat(Objects.requireNonNull(table.read())).isLessThan(table.bytes() / 2);
    }

    @Test
    void rows_that_were_copied_in_frozen_are_read() {
        assertThat(table(second, "copied").whole()).contains("rewritten since");
        assertRight("copied");
    }

    @Test
    void the_second_backup_tells_after_which_one_it_read_and_the_full_one_why_not() {
        Reading reading = reading(second);
        assertThat(reading.base()).isNotNull();
        assertThat(reading.whole()).isNull();
        assertThat(reading.bytesRead()).isLessThan(reading.bytesInAll());
        assertThat(reading(full).base()).isNull();
        assertThat(reading(full).whole()).isEqualTo("it was asked for");
        assertThat(reading(full).bytesRead()).isEqualTo(reading(full).bytesInAll());
        assertThat(reading(full).fullAt()).isAfter(reading.fullAt());
    }

    @Test
    void whoever_gets_it_back_has_what_was_there() {
        assertThat(bench.check(second).problem()).isNull();
        assertThat(bench.prove(second).problem()).isNull();
    }

    @Test
    void a_backup_after_the_full_one_reads_nothing_and_knows_all_places_still() {
        Manifest third = bench.backup();
        assertThat(reading(third).base()).isEqualTo(full.name());
        assertThat(table(third, "reused").read()).isZero();
        assertRight(third, "reused");
        assertRight(third, "ordered");
    }

    /** The same as a backup that read everything, and every row at its place. */
    private static void assertRight(String name) {
        assertThat(table(second, name).content()).isEqualTo(table(full, name).content());
        assertThat(table(second, name).rows()).isEqualTo(table(full, name).rows());
        assertRight(second, name);
        assertRight(full, name);
    }

    private static void assertRight(Manifest made, String name) {
        StoredRows.compare(bench.pgkeep().repository().chunks().store(), made, bench.target(), name);
    }

    private static Manifest.Table table(Manifest made, String name) {
        return made.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Reading reading(Manifest made) {
        return Objects.requireNonNull(chunks(made).reading());
    }

    private static Manifest.Chunks chunks(Manifest made) {
        return Objects.requireNonNull(made.copies().getFirst().chunks());
    }

    static BackupRequest full() {
        return new BackupRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(Format.CHUNKED),
                Optional.empty(),
                Optional.empty(),
                Content.ALL,
                Filters.NONE,
                true,
                false,
                false,
                true,
                false);
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements(sql)) {
                statement.execute(each);
            }
        }
    }

    /** One by one, since VACUUM wants to be alone; but for the body of a function. */
    private static List<String> statements(String sql) {
        int body = sql.indexOf("END $$;");
        @Nullable String head = body < 0 ? null : sql.substring(0, body + "END $$;".length());
        List<String> rest = List.of((head == null ? sql : sql.substring(head.length())).split(";\\s*"));
        return head == null
                ? rest
                : java.util.stream.Stream.concat(java.util.stream.Stream.of(head), rest.stream())
                        .toList();
    }
}
