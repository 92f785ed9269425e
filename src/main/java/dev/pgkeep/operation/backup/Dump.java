package dev.pgkeep.operation.backup;

import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.backup.chunked.ChunkedDump;
import dev.pgkeep.operation.backup.chunked.ChunkedDumpRequest;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.backup.chunked.LsnReader;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.snapshot.LockHolders;
import dev.pgkeep.postgres.snapshot.RowCounter;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.postgres.snapshot.LockConflictMonitor;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One attempt at dumping all copies of a backup in one snapshot, with the rows counted in it. */
final class Dump {
    private static final Pattern VANISHED = Pattern.compile(
            "(relation|schema) \\S+ does not exist|could not open relation with OID|cache lookup failed");

    private static final int DEFAULT_LEVEL = 3;

    private final BackupPlan plan;
    private final Connector connector;
    private final Supplier<ChunkStore> store;
    private final Duration lockTimeout;
    private final Optional<String> migrationsQuery;
    private final Optional<Manifest.Chunks> earlier;
    private final Progress progress;
    private final Cancellation cancellation;
    private final String application;

    Dump(
            BackupPlan plan,
            Connector connector,
            Supplier<ChunkStore> store,
            BackupSettings settings,
            Optional<Manifest.Chunks> earlier,
            String application,
            Progress progress,
            Cancellation cancellation) {
        this.plan = plan;
        this.connector = connector;
        this.store = store;
        this.lockTimeout = settings.lockTimeout();
        this.migrationsQuery = settings.migrationsQuery();
        this.earlier = earlier;
        this.application = application;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * What was dumped.
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
        LsnReader position = new LsnReader();
        if (plan.isChunked()) {
            position.readBefore(connector, plan.target(), application);
        }
        try (var registration = cancellation.onCancel(attempt::cancel);
                Snapshot snapshot = Snapshot.take(connector, plan.target(), application);
                RowCounter counter = counter(snapshot, attempt)) {
            DatabaseFacts facts =
                    DatabaseFacts.read(snapshot.connection(), plan.target().database(), migrationsQuery);
            AtomicReference<DumpMeter> current = new AtomicReference<>();
            try (LockConflictMonitor watch =
                    LockConflictMonitor.start(connector, plan.target(), application, copying -> tell(current, copying), on -> {
                        waiting.set(on);
                        attempt.cancel();
                    })) {
                Optional<ChunkedResult> chunked = Optional.empty();
                for (PlannedCopy copy : plan.copies()) {
                    try {
                        if (copy.format() == Format.CHUNKED) {
                            chunked = Optional.of(new ChunkedDump(order(copy), connector, store.get(), progress)
                                    .dump(snapshot, position.in(snapshot.connection()), attempt));
                        } else {
                            Path file = folder.resolve(copy.fileName(name));
                            DumpMeter meter = new DumpMeter(facts.tables(), progress, () -> sizeOf(file), table -> {
                                if (counter != null) {
                                    counter.count(table);
                                }
                            });
                            current.set(meter);
                            run(copy, file, snapshot, meter, attempt);
                        }
                    } catch (PgkeepException e) {
                        throw explained(e, snapshot);
                    }
                }
                current.set(null);
                Map<TableName, Long> rows = new HashMap<>();
                chunked.ifPresent(result -> result.tables()
                        .forEach((table, stored) ->
                                rows.put(table, stored.content().rows())));
                if (counter == null) {
                    rows.putAll(stored(folder, name, facts, attempt));
                } else {
                    count(facts, rows.keySet(), counter);
                    rows.putAll(counter.result());
                }
                return new Result(snapshot.takenAt(), facts, rows, chunked);
            }
        } catch (PgkeepException e) {
            cancellation.check();
            LockConflictMonitor.Waiting session = waiting.get();
            throw session == null ? e : gaveWay(session, e);
        }
    }

    /** Nobody counts where nobody may share the snapshot. */
    private @Nullable RowCounter counter(Snapshot snapshot, Cancellation attempt) {
        return snapshot.shared().isPresent()
                ? RowCounter.start(connector, plan.target(), snapshot, application, attempt)
                : null;
    }

    /** What pg_dump saw in a snapshot of its own can only be told by what it wrote. */
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

    /** On a standby nobody can read unlogged tables: pg_dump leaves their rows out there. */
    private boolean isExpected(TableInfo table) {
        return !(table.unlogged() && plan.server().standby());
    }

    /** Rows of some partitions are stored under the name of the whole. */
    static boolean isIn(Map<TableName, Long> rows, TableInfo table) {
        return rows.containsKey(table.name())
                || table.partitionOf().filter(rows::containsKey).isPresent();
    }

    /** What was not counted in passing. */
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

    /** Whatever encoding the role has set for its clients: no byte is converted, and names are found. */
    private Target inItsEncoding() {
        return plan.target().inEncoding(plan.facts().properties().encoding());
    }

    private ChunkedDumpRequest order(PlannedCopy copy) {
        return new ChunkedDumpRequest(
                inItsEncoding(),
                application,
                plan.tools(),
                ClientEncoding.charset(plan.facts().properties().encoding()),
                plan.request().content(),
                plan.request().filters().options(),
                plan.request().jobs().orElseGet(Dump::processors),
                Objects.requireNonNullElse(copy.compression().level(), DEFAULT_LEVEL),
                lockTimeout,
                plan.request().check(),
                earlier);
    }

    private static void tell(AtomicReference<DumpMeter> current, List<LockConflictMonitor.Copying> copying) {
        DumpMeter meter = current.get();
        if (meter != null) {
            meter.copying(copying);
        }
    }

    private void run(PlannedCopy copy, Path file, Snapshot snapshot, DumpMeter meter, Cancellation attempt) {
        LibpqEnvironment environment = inItsEncoding().toolEnvironment(application);
        ClientProcess process = new ClientProcess(command(copy, file, snapshot))
                .environment(environment.set())
                .without(environment.unset())
                .charset(ClientEncoding.charset(plan.facts().properties().encoding()))
                .onStderr(meter::stderr);
        if (copy.format() == Format.PLAIN) {
            process.stdoutTo(
                    script -> PlainOutput.write(script, plan.target().headOfScripts(), file, copy.compression()));
        }
        ClientResult result = process.run(attempt);
        if (!result.ok()) {
            throw ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
        }
    }

    private List<String> command(PlannedCopy copy, Path file, Snapshot snapshot) {
        List<String> command = new ArrayList<>(plan.tools().command(Tool.PG_DUMP));
        command.add("--format=" + copy.format().word());
        snapshot.shared().ifPresent(id -> command.add("--snapshot=" + id));
        command.add("--lock-wait-timeout=" + lockTimeout.toMillis());
        command.add("--verbose");
        if (copy.format() != Format.PLAIN) {
            command.add("--file=" + file);
        }
        if (copy.format() == Format.CUSTOM || copy.format() == Format.DIRECTORY) {
            command.add(plan.tools().compressOption(copy.compression()));
        }
        if (copy.format() == Format.DIRECTORY) {
            // With more than one, pg_dump would share a snapshot of its own.
            boolean shares = snapshot.shared().isPresent();
            command.add("--jobs=" + (shares ? plan.request().jobs().orElseGet(Dump::processors) : 1));
        }
        switch (plan.request().content()) {
            case ALL -> {}
            case SCHEMA -> command.add("--schema-only");
            case DATA -> command.add("--data-only");
        }
        command.addAll(plan.request().filters().options());
        return command;
    }

    static int processors() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8);
    }

    /** Which table could not be locked, and who holds it: pg_dump locks many at once and does not say. */
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

    private static long sizeOf(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Files.exists(path) ? Files.size(path) : 0;
            }
            try (var files = Files.list(path)) {
                return files.mapToLong(Dump::sizeOf).sum();
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that goes while it is looked at: the next look will tell.
            return 0;
        }
    }
}
