package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Partitions that are asked for without the table that they are part of. */
final class PartitionsAloneIT {
    private static final String EVENTS = """
            CREATE TABLE events (id int, day date NOT NULL, note text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE INDEX ON events (note);
            CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')
                PARTITION BY LIST (id);
            CREATE TABLE events_2_odd PARTITION OF events_2 FOR VALUES IN (1, 3);
            CREATE TABLE events_2_even PARTITION OF events_2 FOR VALUES IN (2, 4);
            INSERT INTO events VALUES (1, '2026-01-05'), (2, '2026-02-05'), (3, '2026-02-06')""";

    private final TestServer server = PostgresServers.any();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"CUSTOM", "DIRECTORY", "TAR"})
    void they_become_tables_of_their_own_in_an_empty_database_and_that_is_told(Format format) {
        try (var database = server.database()) {
            database.execute(EVENTS);
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(format, Filters.NONE));
            try (var copy = server.database("copy")) {
                var outcome = bench.restore(made, Wish.to(copy.target()).tables("events_1"));
                assertThat(tables(copy)).isEqualTo("events_1");
                assertThat(copy.ask("SELECT count(*) FROM events_1")).isEqualTo("1");
                assertThat(copy.ask("SELECT count(*) FROM pg_index WHERE indrelid = 'events_1'::regclass"))
                        .isEqualTo("2");
                assertThat(outcome.notes())
                        .filteredOn(note -> note.contains("a table of its own"))
                        .singleElement()
                        .asString()
                        .startsWith("public.events_1 ");
            }
            try (var copy = server.database("copy")) {
                var outcome = bench.restore(made, Wish.to(copy.target()).tables("events_2"));
                assertThat(tables(copy)).isEqualTo("events_2 events_2_even events_2_odd");
                assertThat(copy.ask("SELECT count(*) FROM events_2")).isEqualTo("2");
                assertThat(outcome.notes())
                        .filteredOn(note -> note.contains("a table of its own"))
                        .hasSize(1);
            }
            try (var copy = server.database("copy")) {
                var outcome = bench.restore(made, Wish.to(copy.target()).tables("events"));
                assertThat(tables(copy)).isEqualTo("events events_1 events_2 events_2_even events_2_odd");
                assertThat(copy.ask("SELECT count(*) FROM events")).isEqualTo("3");
                assertThat(outcome.notes()).noneMatch(note -> note.contains("a table of its own"));
            }
        }
    }

    private static String tables(TestDatabase database) {
        return database.ask("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                + " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace");
    }
}
