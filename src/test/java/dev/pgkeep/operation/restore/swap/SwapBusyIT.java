package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.FlakyProxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that does not stop for a swap, and two runs at once. */
final class SwapBusyIT {
    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.in(folder);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void a_busy_application_sees_the_one_or_the_other_and_is_kept_out_for_well_under_a_second() throws Exception {
        String backup = shop.backup();
        shop.change();
        try (var application = new Application(6)) {
            application.waitFor("3334");
            var restore = shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup", "--json");
            application.waitFor("5000");
            var undo = shop.done("undo", "--yes", "--json");
            application.waitFor("3334");
            assertThat(application.seen).containsExactlyInAnyOrder("3334", "5000");
            assertThat(application.refusals)
                    .allMatch(each -> each.startsWith("57P01") || each.startsWith("3D000") || each.startsWith("08"));
            for (var each : List.of(restore, undo)) {
                assertThat(number(each.stdout(), "secondsWithoutConnections")).isLessThan(1);
                assertThat(number(each.stdout(), "endedConnections")).isGreaterThan(0);
            }
            System.out.println("nobody could connect for "
                    + number(restore.stdout(), "secondsWithoutConnections") + " s, and for "
                    + number(undo.stdout(), "secondsWithoutConnections")
                    + " s on the way back; the application worked without success for at most "
                    + application.longestMillis.get() + " ms");
            assertThat(application.longestMillis.get()).isLessThan(3000);
        }
    }

    @Test
    void a_second_run_on_the_same_database_is_refused() {
        String backup = shop.backup();
        shop.change();
        try (FlakyProxy line = FlakyProxy.to(shop.server().cluster().port())) {
            Shop far = shop.with("DATABASE_URL", line.url(shop.database()));
            line.limit(300_000);
            try (var first = far.child("restore", backup, "--swap", "--yes", "--no-safety-backup")
                    .start()) {
                first.waitFor("Loading");
                var second = shop.ended(1, "restore", backup, "--swap", "--yes", "--no-safety-backup");
                assertThat(second.stderr()).contains("[lock.busy]", "at work on " + shop.name());
                line.limit(Long.MAX_VALUE);
                var finished = first.end();
                assertThat(finished.status()).as(finished.output()).isZero();
            }
        }
        assertThat(shop.database().count("orders")).isEqualTo(5000);
        shop.kept();
    }

    private static double number(String json, String field) {
        var matcher = Pattern.compile("\"" + field + "\": ([0-9.]+)").matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    /** Workers that hold a connection, count now and then, and connect again when they are thrown out. */
    private final class Application implements AutoCloseable {
        private final Set<String> seen = new ConcurrentSkipListSet<>();
        private final Set<String> refusals = new ConcurrentSkipListSet<>();
        private final AtomicLong longestMillis = new AtomicLong();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Thread> workers = new ArrayList<>();
        private volatile String last = "";

        Application(int size) {
            for (int i = 0; i < size; i++) {
                workers.add(Thread.ofPlatform().start(this::work));
            }
        }

        void waitFor(String count) throws InterruptedException {
            for (int i = 0; i < 1000 && !last.equals(count); i++) {
                Thread.sleep(10);
            }
            assertThat(last).isEqualTo(count);
        }

        private void work() {
            long good = System.nanoTime();
            while (!ended.get()) {
                try (Connection connection = shop.database().connect();
                        var statement = connection.createStatement()) {
                    while (!ended.get()) {
                        try (var row = statement.executeQuery("select count(*) from orders")) {
                            row.next();
                            last = row.getString(1);
                            seen.add(last);
                        }
                        long done = System.nanoTime();
                        longestMillis.accumulateAndGet((done - good) / 1_000_000, Math::max);
                        good = done;
                        Thread.sleep(3);
                    }
                } catch (SQLException e) {
                    refusals.add(e.getSQLState() + " " + e.getMessage());
                } catch (IllegalStateException e) {
                    refusals.add(
                            e.getCause() instanceof SQLException refused
                                    ? refused.getSQLState() + " " + refused.getMessage()
                                    : "? " + e);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            for (Thread worker : workers) {
                worker.join();
            }
        }
    }
}
