package dev.pgkeep.operation.restore.load.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of chunks that are wide, many-tabled or tangled, restored. */
final class ChunkedLoadIT {
    @TempDir
    private Path folder;

    private final TestServer server = PostgresServers.any();

    @LongForm
    @Test
    void wide_values_come_back_in_pieces() {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TABLE wide (id int PRIMARY KEY, data bytea, note text, grown jsonb);
                    INSERT INTO wide SELECT n, NULL, 'small' FROM generate_series(1, 100) n;
                    INSERT INTO wide SELECT 101, string_agg(sha256(n::text::bytea), ''), repeat('x', 20000000)
                        FROM generate_series(1, 1600000) n;
                    INSERT INTO wide SELECT n, NULL, 'small' FROM generate_series(102, 200) n;
                    INSERT INTO wide SELECT 201, NULL, '', jsonb_agg(1e131071) FROM generate_series(1, 80)""");
            String content =
                    "SELECT md5(string_agg(id || md5(coalesce(data, '')) || md5(note) || coalesce(md5(grown::text), ''),"
                            + " ',' ORDER BY id)) FROM wide";
            String before = database.ask(content);
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));

            database.execute("DROP TABLE wide");
            assertThat(bench.restore(made).comparison().content()).isTrue();

            assertThat(database.ask(content)).isEqualTo(before);
        }
    }

    @Test
    @LongForm
    void two_thousand_tables_come_back_with_their_indexes_and_foreign_keys() {
        try (var database = server.database()) {
            for (int from = 0; from < 2000; from += 500) {
                database.execute("""
                        DO $$ BEGIN FOR i IN %d..%d LOOP
                            EXECUTE format('CREATE TABLE t%%s (id int PRIMARY KEY, other int, note text)', i);
                            EXECUTE format('INSERT INTO t%%s SELECT n, n, %%L FROM generate_series(1, 3) n', i, 'n' || i);
                            EXECUTE format('CREATE INDEX ON t%%s (note)', i);
                            IF i > 0 THEN
                                EXECUTE format('ALTER TABLE t%%s ADD FOREIGN KEY (other) REFERENCES t%%s', i, i - 1);
                            END IF;
                        END LOOP; END $$""".formatted(from, from + 499));
            }
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            String shape = "SELECT (SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid >= 16384) || ' '"
                    + " || (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated)";
            String before = database.ask(shape);

            var outcome = bench.restore(made);

            assertThat(database.ask(shape)).isEqualTo(before);
            assertThat(outcome.comparison().tables()).isEqualTo(2000);
            assertThat(outcome.comparison().rows()).isEqualTo(6000);
        }
    }

    @Test
    void what_stands_behind_the_rows_is_made_as_any_client_would_in_sessions_that_leave_rows_old() {
        try (var database = server.database();
                var tokyo = server.database()) {
            database.execute("""
                    CREATE FUNCTION day(timestamptz) RETURNS text LANGUAGE sql IMMUTABLE AS
                        'SELECT to_char($1, ''YYYY-MM-DD'')';
                    CREATE TABLE calls (id int PRIMARY KEY, at timestamptz NOT NULL, note text CHECK (note <> E'a\\b'));
                    CREATE INDEX by_day ON calls (day(at));
                    CREATE INDEX odd ON calls (id) WHERE note = 'it''s \\ "odd"';
                    ALTER INDEX by_day ALTER COLUMN 1 SET STATISTICS 7;
                    ALTER TABLE calls CLUSTER ON by_day, REPLICA IDENTITY USING INDEX calls_pkey;
                    CREATE STATISTICS together ON id, note FROM calls;
                    COMMENT ON INDEX odd IS 'ünlike';
                    COMMENT ON CONSTRAINT calls_pkey ON calls IS 'key';
                    CREATE RULE no AS ON DELETE TO calls DO INSTEAD NOTHING;
                    ALTER TABLE calls ENABLE ROW LEVEL SECURITY;
                    CREATE POLICY all_of_it ON calls USING (true);
                    INSERT INTO calls SELECT n, '2026-01-01 00:30Z'::timestamptz + n * interval '1 hour', 'n' || n
                        FROM generate_series(1, 100000) n;
                    CREATE TABLE a AS TABLE calls; CREATE TABLE b AS TABLE calls; CREATE TABLE c AS TABLE calls""");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            var before = State.of(database);

            bench.restore(made, Wish.of(bench.target()).noSafetyBackup());

            State.of(database).assertSameAs(before);
            assertThat(database.ask("SELECT relallvisible = relpages FROM pg_class WHERE relname = 'calls'"))
                    .isEqualTo("t");

            for (String setting :
                    List.of("timezone = 'Asia/Tokyo'", "enable_seqscan = off", "enable_bitmapscan = off")) {
                tokyo.execute("ALTER DATABASE " + tokyo.name() + " SET " + setting);
            }
            bench.restore(made, Wish.to(tokyo.target()));
            // What the index holds is what that function says there, where the day begins at 15:00 UTC.
            assertThat(tokyo.ask("SELECT min(id) FROM calls WHERE day(at) = '2026-01-05'"))
                    .isEqualTo("87");
        }
    }

    @Test
    void a_large_table_is_loaded_by_several_sessions_and_partitions_through_their_root() {
        try (var database = server.database()) {
            database.execute("""
                    CREATE TYPE mood AS ENUM ('good', 'bad', 'odd');
                    CREATE TABLE moods (id int, mood mood) PARTITION BY HASH (mood);
                    CREATE TABLE moods_0 PARTITION OF moods FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                    CREATE TABLE moods_1 PARTITION OF moods FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                    CREATE INDEX ON moods (id);
                    INSERT INTO moods SELECT n, (enum_range(NULL::mood))[1 + n % 3] FROM generate_series(1, 20000) n;
                    CREATE TABLE big (id bigint PRIMARY KEY, a int, b int, note text);
                    INSERT INTO big SELECT n, n % 1000, n % 77, md5(n::text) FROM generate_series(1, 400000) n;
                    CREATE INDEX ON big (a);
                    CREATE INDEX ON big (note);
                    ALTER TABLE big ADD CONSTRAINT self FOREIGN KEY (id) REFERENCES big;
                    CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''early''; END';
                    CREATE TRIGGER late BEFORE INSERT ON big FOR EACH ROW EXECUTE FUNCTION late();
                    CREATE MATERIALIZED VIEW sums AS SELECT a, count(*) AS n FROM big GROUP BY a;
                    CREATE UNIQUE INDEX ON sums (a)""");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            String moods = "SELECT count(*) || ' ' || sum(hashtext(moods::text)) FROM moods";
            var before = State.of(database).withoutRowsOf("public.moods_");
            String moodsBefore = database.ask(moods);

            bench.restore(made, Wish.of(bench.target()).noSafetyBackup().noDelta());

            // An enum's values have other numbers now, so the hash may put their rows into the other partition.
            State.of(database).withoutRowsOf("public.moods_").assertSameAs(before);
            assertThat(database.ask(moods)).isEqualTo(moodsBefore);
            assertThat(bench.said()).anyMatch(line -> line.contains("maintenance_work_mem"));
        }
    }
}
