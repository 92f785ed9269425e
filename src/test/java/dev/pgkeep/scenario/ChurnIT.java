package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.retention.KeepRules;
import dev.pgkeep.operation.retention.Prune;
import dev.pgkeep.operation.retention.RetentionPlan;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.SettableClock;
import dev.pgkeep.testing.TableContent;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months of a database's life on a simulated clock: it changes, is backed up, and old backups go. Whatever backup is
 * left brings back exactly the rows it was made from. 12 backups; 100 in the long form.
 */
final class ChurnIT {
    private static final int BACKUPS = Campaign.of(12, 100);
    private static final long SEED = Campaign.seed(20_261_121);
    /** A pack is compacted when less than half of it is needed; small files that are not worth it come on top. */
    private static final int MOST_PER_LIVE_BYTE = 2;

    private static final long SLACK = 64 << 10;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T03:00:00Z"));
    private final Map<String, Map<String, TableContent>> contents = new HashMap<>();

    @Test
    void every_backup_that_survives_restores_to_the_rows_it_was_made_from() {
        try (var database = PostgresServers.any().database("churn")) {
            database.execute("""
                    create table events (id bigserial primary key, at timestamptz default now(), note text);
                    create table state (id int primary key, value numeric, data jsonb);
                    insert into events (note) select md5(n::text) from generate_series(1, 4000) n;
                    insert into state select n, n / 7.0, jsonb_build_object('n', n) from generate_series(1, 500) n""");
            var desk = new Desk(database, folder, clock);
            for (int number = 1; number <= BACKUPS; number++) {
                live(database, number);
                contents.put(desk.backup().name(), desk.content());
                clock.pass(Duration.ofHours(20 + random.nextInt(9)));
                if (number % 4 == 0) {
                    prune(desk);
                }
                if (random.nextInt(10) == 0) {
                    delete(desk);
                }
            }
            survivorsAreWhatTheyWere(desk);
            nothingSuperfluousIsKept(desk);
        }
    }

    private void survivorsAreWhatTheyWere(Desk desk) {
        desk.everythingIsGood();
        List<String> names = desk.names();
        assertThat(names).hasSizeBetween(2, BACKUPS - 1);
        for (String name : names) {
            assertThat(desk.restored(name)).as(name).isEqualTo(contents.get(name));
        }
    }

    /** As much as a repository of the surviving backups alone would take, or less than twice that. */
    private void nothingSuperfluousIsKept(Desk desk) {
        desk.cleanAndSweep();
        long left = desk.chunkBytes();
        List<String> names = desk.names();
        String last = names.getFirst();
        desk.remove(names.stream().skip(1).map(desk::find).toList());
        desk.cleanAndSweep();
        long one = desk.chunkBytes();
        assertThat(one).isLessThan(left);
        assertThat(desk.restored(last)).isEqualTo(contents.get(last));
        var alone = desk.on(folder.resolve("alone"));
        assertThat(alone.folder().toFile().mkdir()).isTrue();
        assertThat(desk.content()).isEqualTo(contents.get(last));
        alone.backup();
        assertThat(one).isLessThanOrEqualTo(MOST_PER_LIVE_BYTE * alone.chunkBytes() + SLACK);
        desk.remove(List.of(desk.find(last)));
        desk.cleanAndSweep();
        assertThat(desk.files("packs")).isEmpty();
    }

    private void live(TestDatabase database, int number) {
        database.execute("insert into events (note) select md5(random()::text) from generate_series(1, %d)"
                .formatted(100 + random.nextInt(400)));
        database.execute("update state set value = value + %d, data = data || '{\"seen\": %d}' where id %% %d = 0"
                .formatted(number, number, 2 + random.nextInt(20)));
        switch (random.nextInt(8)) {
            case 0 -> database.execute("delete from events where id % 5 = " + random.nextInt(5));
            case 1 -> database.execute("vacuum full events");
            case 2 -> database.execute("alter table state add column c%d text default 'x%d'".formatted(number, number));
            case 3 -> database.execute("create table t%1$d as select * from state where id < 50".formatted(number));
            case 4 -> database.execute("truncate state");
            case 5 -> database.execute("""
                    insert into state (id, value) select n, n from generate_series(1, 300) n on conflict do nothing""");
            default -> {}
        }
    }

    private void prune(Desk desk) {
        var rules = new KeepRules(
                OptionalInt.of(3 + random.nextInt(4)),
                random.nextBoolean() ? Optional.of(Duration.ofDays(5)) : Optional.empty(),
                Optional.empty());
        var plan = RetentionPlan.of(desk.backups(), desk.database().name(), rules, clock.instant());
        var outcome = new Prune(
                        desk.repository(),
                        new RunContext(desk.repository().history(), clock, Progress.SILENT, new Cancellation()))
                .run(plan);
        assertThat(outcome.skipped()).isEmpty();
    }

    private void delete(Desk desk) {
        List<String> names = desk.names();
        desk.remove(List.of(desk.find(names.get(random.nextInt(names.size())))));
    }
}
