package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.chunked.ChunkedDump;
import dev.pgkeep.operation.backup.chunked.ChunkedDumpRequest;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.backup.chunked.Since;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.postgres.incremental.LineageWriter;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Workbench;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Backups one upon the other while sessions write whatever comes to them. Each is held, in its own snapshot and row by
 * row, against what the server has. In the long form on every version, for hundreds of backups, in which the server
 * also loses what was not written yet.
 */
final class IncrementalHistoryIT {
    private static final int WRITERS = 3;

    @TempDir
    private Path folder;

    @Test
    void an_incremental_backup_is_what_the_server_has() throws Exception {
        live(15, Campaign.seed(14), 14, 2);
    }

    @LongForm
    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void hundreds_of_them_are(int major) throws Exception {
        if (PostgresServers.versions().contains(major)) {
            for (int history = 0; history < Campaign.of(1, 4); history++) {
                live(major, Campaign.seed(1000L * major) + history, 100, 8);
            }
        }
    }

    private void live(int major, long seed, int backups, int crashes) throws Exception {
        var options = PostgresServers.options()
                .setting("max_prepared_transactions", "20")
                .setting("fsync", "on")
                .setting("full_page_writes", "on")
                .setting("wal_writer_delay", "10s")
                .setting("autovacuum_naptime", "1s");
        try (LocalCluster cluster = PostgresServers.own(major, options)) {
            TestDatabase database = new TestServer(major, cluster).database("history");
            database.execute(RandomWriter.TABLES);
            History history = new History(database, folder.resolve("v" + major + "s" + seed), seed);
            List<RandomWriter> writers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            Map<String, Integer> done = RandomWriter.counts();
            Semaphore steps = new Semaphore(0);
            Random random = new Random(seed);
            for (int i = 0; i < WRITERS; i++) {
                RandomWriter writer = new RandomWriter(database, seed * 31 + i, steps, done);
                writers.add(writer);
                threads.add(Thread.ofVirtual().start(writer));
            }
            try {
                for (int i = 1; i <= backups; i++) {
                    if (i % Math.ceilDiv(backups, crashes) == 0) {
                        cluster.stop();
                        cluster.startAgain();
                    }
                    // Most of them are taken while the backup is made.
                    steps.release(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(10));
                    history.backUp();
                }
            } finally {
                writers.forEach(RandomWriter::stop);
                for (Thread thread : threads) {
                    thread.join();
                }
                System.out.println("PostgreSQL " + major + ", seed " + seed + ": " + history + "; " + done);
            }
            assertThat(history.takenOver).isPositive();
            assertThat(history.patched).isPositive();
        }
    }

    /** The backups of one history. */
    private static final class History {
        private final TestDatabase database;
        private final Target target;
        private final ChunkStore store;
        private final Random random;
        private final List<Manifest.Chunks> made = new ArrayList<>();
        private int backups;
        private int whole;
        private int again;
        private long extents;
        private long takenOver;
        private long patched;
        private long placed;

        History(TestDatabase database, Path folder, long seed) throws Exception {
            java.nio.file.Files.createDirectories(folder);
            Workbench bench = Workbench.of(folder, database);
            this.database = database;
            this.target = bench.target();
            bench.backup();
            this.store = bench.pgkeep().repository().chunks().store();
            this.random = new Random(seed);
        }

        void backUp() throws Exception {
            for (int attempt = 0; attempt < 50; attempt++) {
                try {
                    once();
                    return;
                } catch (PgkeepException e) {
                    // Others changed definitions meanwhile, as they may.
                    if (e.code() != ErrorCode.LOCK_BUSY && !e.getMessage().contains("does not exist")) {
                        throw e;
                    }
                    again++;
                }
            }
            throw new AssertionError("no backup came about");
        }

        private void once() throws SQLException {
            Connection connection = new Connector().open(target, "history");
            Optional<Since> since = since(connection);
            try (Snapshot snapshot = Snapshot.in(connection, target.database())) {
                ChunkedResult result = new ChunkedDump(order(since), new Connector(), store, Progress.SILENT)
                        .dump(snapshot, stop -> {}, new Cancellation());
                assertThat(result.contradictions()).isEmpty();
                RowOracle.Right right = RowOracle.compare(store, result.chunks(), target, snapshot);
                count(since, result, right);
                LineageWriter writer = LineageWriter.in(snapshot.connection());
                snapshot.end();
                Lineage place = writer.end(snapshot.connection());
                assertThat(result.signatures().areStillTrue(snapshot.connection()))
                        .isTrue();
                made.add(result.chunks().at(place));
            }
        }

        /** Mostly the one before, now and then an older one; sometimes everything is read and compared. */
        private Optional<Since> since(Connection connection) {
            LineageCheck check = new LineageCheck(connection);
            int from = made.size() - 1 - (random.nextInt(5) == 0 ? random.nextInt(4) : 0);
            for (int i = Math.max(0, from); i >= 0 && i < made.size(); i--) {
                Lineage lineage = Objects.requireNonNull(made.get(i).lineage());
                if (check.against(lineage).isEmpty()) {
                    boolean everything = random.nextInt(12) == 0;
                    return Optional.of(new Since(
                            "b" + i,
                            made.get(i),
                            Optional.of(lineage.snapshotXmin()),
                            everything ? Optional.of("asked for") : Optional.empty(),
                            Optional.empty()));
                }
            }
            whole++;
            return made.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Since("b", made.getLast(), Optional.empty(), Optional.of("another"), Optional.empty()));
        }

        private ChunkedDumpRequest order(Optional<Since> since) {
            Version version = Version.ofNumber(Integer.parseInt(database.ask("SHOW server_version_num")));
            ClientSet tools = PostgresClients.tools().chooseForDump(version);
            return new ChunkedDumpRequest(
                    target,
                    "history",
                    tools,
                    StandardCharsets.UTF_8,
                    Content.ALL,
                    List.of(),
                    2,
                    1,
                    Duration.ofSeconds(3),
                    true,
                    since);
        }

        private void count(Optional<Since> since, ChunkedResult result, RowOracle.Right right) {
            backups++;
            extents += right.extents();
            patched += right.patched();
            placed += right.placed();
            if (since.filter(base -> !base.everything()).isEmpty()) {
                return;
            }
            Map<String, Set<Extent>> before = new HashMap<>();
            for (TableContents table :
                    BackupContents.read(store, since.get().chunks()).tables()) {
                before.put(table.name() + " " + table.fileNode(), new HashSet<>(table.extents()));
            }
            for (TableContents table :
                    BackupContents.read(store, result.chunks()).tables()) {
                Set<Extent> known = before.getOrDefault(table.name() + " " + table.fileNode(), Set.of());
                if (Objects.requireNonNull(result.tables().get(table.name()))
                        .whole()
                        .isEmpty()) {
                    takenOver +=
                            table.extents().stream().filter(known::contains).count();
                }
            }
        }

        @Override
        public String toString() {
            return backups + " backups (" + whole + " without a base, " + again + " tries in vain), " + extents
                    + " extents compared row by row: " + takenOver + " as before, " + patched + " patched, " + placed
                    + " with places; none wrong";
        }
    }
}
