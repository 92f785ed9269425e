package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.DyingDisk;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process dies before one change to the disk, whichever it is: of a backup, of a removal, of a sweep. In short a
 * choice of them, in the long form every one.
 */
final class ChunkedCrashIT {
    private static final String SHOP = """
            create table customers (id int primary key, name text);
            insert into customers select n, md5(n::text) from generate_series(1, 500) n;
            create table orders (id int primary key, note text);
            insert into orders select n, repeat(md5(n::text), 3) from generate_series(1, 3000) n;
            select lo_from_bytea(0, decode(repeat(md5('blob'), 2000), 'hex'))""";

    @TempDir
    private Path folder;

    private final List<String> steps = new ArrayList<>();
    private TestDatabase database;
    private Desk desk;

    @BeforeEach
    void open() {
        database = PostgresServers.any().database("crash");
        database.execute(SHOP);
        desk = new Desk(database, folder, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_backup_that_dies_at_any_step_twice_in_a_row_costs_no_other_one_and_leaves_nothing() {
        String first = desk.backup().name();
        var then = desk.content();
        long clean = desk.chunkBytes();
        int steps = change(() -> backupOn(alive()));
        desk.remove(desk.backups().stream()
                .filter(each -> !each.name().equals(first))
                .toList());
        desk.cleanAndSweep();
        assertThat(steps).isGreaterThan(15);
        for (int step : chosen(steps)) {
            dies(step);
            assertSound(first, "died at " + step);
            int again = (step * 7 + 3) % steps;
            dies(again);
            assertSound(first, "died at " + step + " and " + again);
            desk.cleanAndSweep();
            assertSound(first, "after cleaning what died at " + step + " and " + again);
            assertThat(desk.files("work")).isEmpty();
            assertThat(desk.temporaryFiles()).isEmpty();
            // What had been decided upon is finished, and is a backup like any other.
            desk.remove(desk.backups().stream()
                    .filter(each -> !each.name().equals(first))
                    .toList());
            desk.cleanAndSweep();
            assertThat(desk.chunkBytes()).as("bytes after " + step).isLessThanOrEqualTo(clean + 4096);
        }
        assertThat(desk.restored(first)).isEqualTo(then);
    }

    @Test
    void a_backup_that_dies_twice_beside_another_one_and_sweeps_costs_neither() {
        String first = desk.backup().name();
        var then = desk.content();
        int steps = change(() -> backupOn(alive()));
        for (int step : chosen(steps)) {
            churn();
            String beside;
            try (var company = new Company(desk.on(DyingDisk.never(change -> {}).path(folder)))) {
                backupOn(DyingDisk.after(step));
                backupOn(DyingDisk.after((step * 7 + 3) % steps));
                beside = company.backup();
            }
            assertSound(first, "died at " + step + " in company");
            assertThat(desk.names()).contains(beside);
            desk.cleanAndSweep();
            assertSound(first, "after cleaning what died at " + step + " in company");
            assertThat(desk.restored(beside)).isEqualTo(desk.content());
        }
        assertThat(desk.restored(first)).isEqualTo(then);
    }

    @Test
    void a_sweep_beside_what_a_dead_backup_left_takes_nothing_that_its_completion_needs() {
        String first = desk.backup().name();
        churn();
        var now = desk.content();
        // Its metadata stands in the work folder, and is about to be moved into its place.
        backupOn(new DyingDisk(
                change -> change.matches("move to .*/backups/[^/]*\\.json") && !change.endsWith("pgkeep.json")));
        assertThat(desk.names()).containsExactly(first);
        assertThat(desk.files("work")).isNotEmpty();
        // Another run prunes without finishing it first, as a delete does.
        desk.repository().chunks().sweep(false, new Cancellation());
        desk.repository().cleanUp();
        assertThat(desk.names()).hasSize(2);
        desk.everythingIsGood();
        assertThat(desk.restored(desk.names().getFirst())).isEqualTo(now);
    }

    @Test
    void a_removal_and_a_sweep_that_die_at_any_step_cost_no_other_backup() {
        String first = desk.backup().name();
        String last = desk.backup().name();
        int steps = change(() -> removeAndSweep(alive(), last));
        for (int step : chosen(steps)) {
            String middle = desk.backup().name();
            churn();
            String newest = desk.backup().name();
            var now = desk.content();
            removeAndSweep(DyingDisk.after(step), middle);
            assertSound(first, "died at " + step);
            assertThat(desk.names()).contains(newest);
            removeAndSweep(DyingDisk.after((step * 5 + 2) % steps), middle);
            assertSound(first, "died at " + step + " and once more");
            desk.cleanAndSweep();
            assertSound(first, "after " + step);
            assertThat(desk.names()).contains(newest);
            if (Campaign.LONG) {
                assertThat(desk.restored(newest)).isEqualTo(now);
            }
        }
        desk.remove(desk.backups());
        desk.cleanAndSweep();
        assertThat(desk.chunkBytes()).isLessThan(1024);
    }

    /** Another backup, and somebody who prunes all the time. */
    private static final class Company implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final CompletableFuture<String> backup;
        private final CompletableFuture<Void> sweeps;

        Company(Desk desk) {
            backup = CompletableFuture.supplyAsync(() -> desk.backup().name(), Thread::startVirtualThread);
            sweeps = CompletableFuture.runAsync(
                    () -> {
                        while (!ended.get()) {
                            desk.repository().cleanUp();
                            desk.repository().chunks().sweep(false, new Cancellation());
                        }
                    },
                    Thread::startVirtualThread);
        }

        String backup() {
            return backup.join();
        }

        @Override
        public void close() {
            ended.set(true);
            sweeps.join();
        }
    }

    private void assertSound(String first, String when) {
        assertThat(desk.names()).as(when).contains(first);
        desk.everythingIsGood();
    }

    private void dies(int step) {
        churn();
        var disk = DyingDisk.after(step);
        int before = desk.names().size();
        boolean done = backupOn(disk);
        assertThat(desk.names()).as("listed after dying at " + step).hasSizeLessThanOrEqualTo(before + 1);
        if (done) {
            // It may have died while it removed its work folder, which the next run does then.
            desk.repository().cleanUp();
            assertThat(desk.names()).hasSizeGreaterThan(before);
        }
    }

    /** Rows change everywhere, and only some chunks do. */
    private void churn() {
        database.execute("""
                update orders set note = md5(random()::text) || repeat(md5(id::text), 2) where id %% 7 = %d;
                insert into customers select max(id) + 1, 'new' from customers""".formatted(desk.names().size() % 7));
    }

    private boolean backupOn(DyingDisk disk) {
        try {
            desk.on(disk.path(folder)).backup();
            return true;
        } catch (PgkeepException e) {
            assertThat(disk.isDead()).as(String.valueOf(e)).isTrue();
            return false;
        }
    }

    private void removeAndSweep(DyingDisk disk, String name) {
        try {
            var dying = desk.on(disk.path(folder));
            dying.repository().cleanUp();
            dying.remove(dying.backups().stream()
                    .filter(each -> each.name().equals(name))
                    .toList());
            dying.repository().chunks().sweep(false, new Cancellation());
        } catch (PgkeepException e) {
            assertThat(disk.isDead()).as(String.valueOf(e)).isTrue();
        }
    }

    private DyingDisk alive() {
        steps.clear();
        return DyingDisk.never(steps::add);
    }

    /** How many changes that makes. */
    private int change(Runnable work) {
        work.run();
        return steps.size();
    }

    private static List<Integer> chosen(int steps) {
        List<Integer> chosen = new ArrayList<>();
        int wanted = Campaign.of(3, steps);
        for (int i = 0; i < wanted; i++) {
            chosen.add((int) ((i + 0.5) * steps / wanted));
        }
        return chosen;
    }
}
