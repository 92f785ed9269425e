package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.snapshot.LockConflictMonitor;
import dev.pgkeep.postgres.snapshot.LockHolders;
import dev.pgkeep.postgres.snapshot.RowCounter;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One attempt at dumping all copies of a backup in one snapshot, with the rows counted in it. */
final class Dump {
    private static final Pattern VANISHED = Pattern.compile(
            "(relation|schema) \\S+ does not exist|could not open relation with OID|cache lookup failed");

    private final BackupPlan plan;
    private final PlanningSession session;
    private final Connector connector;
    private final Optional<String> migrationsQuery;
    private final Progress progress;
    private final Cancellation cancellation;
    private final String application;
    private final ChunkedCopy chunked;
    private final PgDumpCopies portable;

    /** @param session in which it was planned */
    Dump(
            BackupPlan plan,
            PlanningSession session,
            Connector connector,
            ChunkDestination destination,
            BackupSettings settings,
            RunContext context) {
        this.plan = plan;
        this.session = session;
        this.connector = connector;
        this.migrationsQuery = settings.migrationsQuery();
        this.application = "pgkeep " + Repository.randomPart();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
        this.chunked = new ChunkedCopy(plan, connector, destination, settings.lockTimeout(), application, progress);
        this.portable = new PgDumpCopies(plan, settings.lockTimeout(), application, progress);
    }

    /**
     * The result of a dump that went well.
     *
     * @param takenAt the server's clock at the snapshot
     * @param facts what the catalog says in the snapshot
     * @param rows rows of every table whose rows were dumped, counted in the snapshot
     * @param chunked what went into chunks, where that is one of the forms
     */
    record Result(Instant takenAt, DatabaseFacts facts, Map<TableName, Long> rows, Optional<ChunkedResult> chunked) {}

    /**
     * Dumps into a folder.
     *
     * @throws PgkeepException LOCK_BUSY when a lock was not to be had, or when others had to wait for ours; the attempt
     *     may then be repeated
     */
    Result into(Path folder, String name) {
        AtomicReference<LockConflictMonitor.Waiting> waiting = new AtomicReference<>();
        Cancellation attempt = new Cancellation();
        try (var registration = cancellation.onCancel(attempt::cancel);
                Snapshot snapshot = progress.phases().during("snapshot", this::snapshot);
                RowCounter counter = counter(snapshot, attempt)) {
            SnapshotFacts facts =
                    new SnapshotFacts(snapshot, plan.target().database(), migrationsQuery, progress.phases());
            try (LockConflictMonitor watch =
                    LockConflictMonitor.start(connector, plan.target(), application, portable::copying, on -> {
                        waiting.set(on);
                        attempt.cancel();
                    })) {
                Optional<ChunkedResult> chunks = copies(folder, name, snapshot, facts, counter, attempt);
                Map<TableName, Long> rows = progress.phases()
                        .during("row counts", () -> rows(folder, name, facts.get(), chunks, counter, attempt));
                DatabaseFacts known = facts.get();
                Optional<ChunkedResult> located =
                        progress.phases().during("mark", () -> chunks.map(made -> chunked.located(made, snapshot)));
                return new Result(snapshot.takenAt(), known, rows, located);
            }
        } catch (PgkeepException e) {
            cancellation.check();
            LockConflictMonitor.Waiting session = waiting.get();
            throw session == null ? e : gaveWay(session, e);
        }
    }

    private Snapshot snapshot() {
        Connection connection = session.take(connector, plan.target(), application);
        if (plan.isChunked()) {
            chunked.prepare(connection);
        }
        return Snapshot.in(connection, plan.target().database());
    }

    /** Makes all copies, one after the other. */
    private Optional<ChunkedResult> copies(
            Path folder,
            String name,
            Snapshot snapshot,
            SnapshotFacts facts,
            @Nullable RowCounter counter,
            Cancellation attempt) {
        Consumer<TableName> dumped = counter == null ? table -> {} : counter::count;
        Optional<ChunkedResult> chunks = Optional.empty();
        try {
            for (PlannedCopy copy : plan.copies()) {
                if (copy.format() == Format.CHUNKED) {
                    chunks = Optional.of(chunked.make(copy, snapshot, stop -> facts.get(), attempt));
                } else {
                    Path file = folder.resolve(copy.fileName(name));
                    List<TableInfo> tables = facts.get().tables();
                    progress.phases()
                            .during("dump", () -> portable.make(copy, file, snapshot, tables, dumped, attempt));
                }
            }
        } catch (PgkeepException e) {
            throw explained(e, snapshot);
        } finally {
            portable.end();
        }
        return chunks;
    }

    /** Rows of every table whose rows were dumped. */
    private Map<TableName, Long> rows(
            Path folder,
            String name,
            DatabaseFacts facts,
            Optional<ChunkedResult> chunks,
            @Nullable RowCounter counter,
            Cancellation attempt) {
        Map<TableName, Long> rows = new HashMap<>();
        chunks.ifPresent(result -> result.tables()
                .forEach((table, stored) -> rows.put(table, stored.content().rows())));
        if (counter == null) {
            rows.putAll(stored(folder, name, facts, attempt));
        } else {
            count(facts, rows.keySet(), counter);
            rows.putAll(counter.result());
        }
        return rows;
    }

    /** Starts counting; nobody counts where nobody may share the snapshot. */
    private @Nullable RowCounter counter(Snapshot snapshot, Cancellation attempt) {
        return snapshot.shared().isPresent()
                ? RowCounter.start(connector, plan.target(), snapshot, application, attempt)
                : null;
    }

    /** The rows that were stored: what pg_dump saw in a snapshot of its own can only be told by what it wrote. */
    private Map<TableName, Long> stored(Path folder, String name, DatabaseFacts facts, Cancellation attempt) {
        if (plan.request().content() == Content.SCHEMA) {
            return Map.of();
        }
        Path file = folder.resolve(plan.copies().getFirst().fileName(name));
        progress.step("Counting the rows that were stored");
        Map<TableName, Long> rows = new DumpReader(plan.tools(), attempt)
                .scan(DumpFile.recognise(file), Progress.SILENT)
                .rows();
        Set<TableName> unknown = new TreeSet<>(rows.keySet());
        boolean missing = false;
        for (TableInfo table : facts.tables()) {
            unknown.remove(table.name());
            table.partitionOf().ifPresent(unknown::remove);
            missing |= isExpected(table) && !isIn(rows, table);
        }
        if (plan.request().filters().isEmpty() && (missing || !unknown.isEmpty())) {
            throw new PgkeepException(
                    ErrorCode.LOCK_BUSY,
                    "tables were created, renamed or dropped while the backup began",
                    "run the backup again when the change is done");
        }
        return rows;
    }

    /**
     * Whether the rows of a table are expected in the dump: on a standby nobody can read unlogged tables, and pg_dump
     * leaves their rows out.
     */
    private boolean isExpected(TableInfo table) {
        return !(table.unlogged() && plan.server().standby());
    }

    /** Rows of some partitions are stored under the name of the whole. */
    static boolean isIn(Map<TableName, Long> rows, TableInfo table) {
        return rows.containsKey(table.name())
                || table.partitionOf().filter(rows::containsKey).isPresent();
    }

    /** Counts what was not counted in passing. */
    private void count(DatabaseFacts facts, Set<TableName> counted, RowCounter counter) {
        if (plan.request().filters().isEmpty() && plan.request().content() != Content.SCHEMA) {
            progress.step("Counting rows in the same snapshot");
            // What pg_dump says may be torn apart where names hold line breaks: here no table may be missed.
            facts.tables().stream()
                    .map(TableInfo::name)
                    .filter(table -> !counted.contains(table))
                    .forEach(counter::count);
        }
    }

    /**
     * The failure with the table that could not be locked, and who holds it: pg_dump locks many at once and does not
     * say.
     */
    private static PgkeepException explained(PgkeepException e, Snapshot snapshot) {
        if (e.code() == ErrorCode.LOCK_BUSY) {
            return LockHolders.describe(snapshot.connection())
                    .map(holder -> new PgkeepException(e.code(), holder, e.hint(), e))
                    .orElse(e);
        }
        // What the snapshot lists and another session drops before it is locked; the next snapshot knows.
        return VANISHED.matcher(e.getMessage()).find()
                ? new PgkeepException(
                        ErrorCode.LOCK_BUSY,
                        "the schema was changed while the backup began (" + e.getMessage() + ")",
                        "run the backup again when the change is done",
                        e)
                : e;
    }

    private static PgkeepException gaveWay(LockConflictMonitor.Waiting session, PgkeepException cause) {
        return new PgkeepException(
                ErrorCode.LOCK_BUSY,
                "the backup gave way to " + session + ", which waited for its locks and would have held up others",
                "run the backup again when that change is done",
                cause);
    }
}
