package dev.pgkeep.operation.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every schema, all rows and any condition: what a cleanup deletes, rows restore puts back exactly. */
final class CleanupInverseIT {
    @TempDir
    Path folder;

    private int backups;

    private final Map<String, Integer> seen = new java.util.TreeMap<>();

    @Test
    void rows_restore_is_the_exact_inverse_of_cleanup() {
        long seed = Campaign.seed(1);
        int tries = Campaign.of(5, 2000);
        List<Integer> versions = PostgresServers.versions();
        for (int i = 0; i < tries; i++) {
            int version = Campaign.LONG ? versions.get(i % versions.size()) : versions.get(versions.size() - 1 - i % 2);
            Random random = new Random(seed + i);
            RandomSchema schema = RandomSchema.of(random);
            try (TestDatabase database = PostgresServers.version(version).database("inverse")) {
                database.execute(schema.sql());
                inverse(database, schema, random);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "seed " + (seed + i) + ", PostgreSQL " + version + "\n"
                                + schema.sql().replace(";", ";\n"),
                        e);
            }
        }
        System.out.println("cleanups: " + seen);
        assertThat(seen.getOrDefault("exact", 0)).isGreaterThan(tries / 3);
    }

    private void inverse(TestDatabase database, RandomSchema schema, Random random) {
        Map<String, TableContent> before = content(database);
        List<CleanupRule> rules = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            RandomSchema.Table table =
                    schema.tables().get(random.nextInt(schema.tables().size()));
            rules.add(new CleanupRule(
                    "plan " + i,
                    Optional.empty(),
                    table.name().replace("\"", ""),
                    Optional.of(schema.condition(table)),
                    Optional.empty(),
                    "a test"));
        }
        Cleanup cleanup = cleanup();
        CleanupPreview preview = cleanup.look(database.target(), rules);
        assertThat(ContentHash.differences(before, content(database)))
                .as("looking changes nothing")
                .isEmpty();
        if (preview.isEmpty() || !preview.obstacles().isEmpty()) {
            count(preview.isEmpty() ? "nothing" : "obstacles");
            return;
        }
        boolean batched = random.nextInt(3) == 0;
        CleanupOptions options = new CleanupOptions(
                false, batched ? OptionalInt.of(1 + random.nextInt(20)) : OptionalInt.empty(), Duration.ZERO);
        boolean failed = false;
        try {
            CleanupOutcome outcome = cleanup.run(preview, options);
            assertThat(outcome.deleted()).isEqualTo(preview.rows());
            assertThat(total(before) - total(content(database))).isEqualTo(preview.rows());
        } catch (PgkeepException e) {
            // A default that is gone too, or not null: the server refuses, and everything must still be there.
            failed = true;
            count("refused");
            assertThat(e.getMessage()).containsAnyOf("violates", "null value", "refer to rows", "in a batch");
            if (!batched) {
                assertThat(ContentHash.differences(before, content(database))).isEmpty();
                return;
            }
        }
        RowsRestore restore = restore();
        if (repository().rows().list().isEmpty() && failed) {
            assertThat(ContentHash.differences(before, content(database))).isEmpty();
            return;
        }
        Path document = repository().rows().list().getFirst();
        RestorePreview back = restore.look(document, database.target());
        assertThat(back.conflicting()).as("conflicts").isZero();
        assertThat(back.obstacles()).isEmpty();
        if (back.missing() > 0) {
            restore.run(back, new RestoreOptions(OnConflict.FAIL, false));
        }
        assertThat(ContentHash.differences(before, content(database))).isEmpty();
        RestorePreview again = restore.look(document, database.target());
        assertThat(again.missing() + again.conflicting()).as("a second time").isZero();
        count("exact");
        count(batched ? "batched" : "at once");
        count(preview.changed().isEmpty() ? "without changed rows" : "with changed rows");
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    private static long total(Map<String, TableContent> content) {
        return content.values().stream()
                .filter(each -> each.kind().equals("table"))
                .mapToLong(TableContent::rows)
                .sum();
    }

    private static Map<String, TableContent> content(TestDatabase database) {
        try (var connection = database.connect()) {
            Map<String, TableContent> content = ContentHash.of(connection);
            // They may go forward, as they do with every row that the application makes.
            content.values().removeIf(each -> each.kind().equals("sequence"));
            return content;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Repository repository() {
        return Repository.open(folder.resolve("backups"), Clock.systemUTC());
    }

    private Cleanup cleanup() {
        String name = "backup-%06d".formatted(++backups);
        return new Cleanup(
                new Connector(),
                repository(),
                target -> name,
                new RunContext(repository().history(), Clock.systemUTC(), Progress.SILENT, new Cancellation()));
    }

    private RowsRestore restore() {
        return new RowsRestore(
                new Connector(),
                target -> "none",
                new RunContext(repository().history(), Clock.systemUTC(), Progress.SILENT, new Cancellation()));
    }
}
