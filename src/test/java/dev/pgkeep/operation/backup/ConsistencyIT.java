package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;

/** A backup is one moment, whatever others write meanwhile. */
final class ConsistencyIT {
    private static final int ACCOUNTS = 200;

    @TempDir
    Path folder;

    @Forms(
            value = "chunked",
            campaign = {"directory", "plain,custom"})
    void money_that_moves_during_a_backup_is_neither_lost_nor_made(String format) throws SQLException {
        try (Bench bench = Bench.in(folder)) {
            try (var connection = bench.database().connect()) {
                EverythingDatabase.empty().withAccounts(ACCOUNTS).fill(connection);
            }
            String backup;
            try (var movers = new Movers(bench.database())) {
                Bench.eventually("money moves", () -> bench.database().count("bank.transfers") > 100);
                backup = bench.backup("--format", format);
                assertThat(movers.failures()).isEmpty();
            }
            String copy = bench.database().name() + "_copy";
            bench.run("restore", backup, "--to", copy, "--create-db");
            try (var restored = bench.database().server().databaseToBe(copy)) {
                assertThat(restored.ask("select sum(balance) from bank.accounts"))
                        .isEqualTo(Long.toString(ACCOUNTS * EverythingDatabase.BALANCE_PER_ACCOUNT));
                assertThat(restored.column("""
                        select id from bank.accounts a where balance <> %d
                            + (select coalesce(sum(amount), 0) from bank.transfers where destination = a.id and source <> a.id)
                            - (select coalesce(sum(amount), 0) from bank.transfers where source = a.id and destination <> a.id)
                        """.formatted(EverythingDatabase.BALANCE_PER_ACCOUNT)))
                        .isEmpty();
                assertThat(restored.count("bank.transfers"))
                        .isBetween(100L, bench.database().count("bank.transfers"));
            }
            bench.nothingIsLeft();
        }
    }

    /** Sessions that move money between accounts as fast as they can. */
    private static final class Movers implements AutoCloseable {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<CompletableFuture<Void>> sessions = new ArrayList<>();

        Movers(TestDatabase database) {
            for (int i = 0; i < 3; i++) {
                sessions.add(CompletableFuture.runAsync(
                        () -> move(database), run -> Thread.ofPlatform().start(run)));
            }
        }

        private void move(TestDatabase database) {
            var random = ThreadLocalRandom.current();
            try (var connection = database.connect();
                    var transfer = connection.prepareStatement("select bank.transfer(?, ?, ?)")) {
                while (!ended.get()) {
                    transfer.setInt(1, 1 + random.nextInt(ACCOUNTS));
                    transfer.setInt(2, 1 + random.nextInt(ACCOUNTS));
                    transfer.setLong(3, random.nextLong(50));
                    transfer.executeQuery().close();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        List<Boolean> failures() {
            return sessions.stream()
                    .map(CompletableFuture::isCompletedExceptionally)
                    .filter(failed -> failed)
                    .toList();
        }

        @Override
        public void close() {
            ended.set(true);
            sessions.forEach(CompletableFuture::join);
        }
    }
}
