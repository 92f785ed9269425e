package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.snapshot.LockConflictMonitor.Copying;
import dev.pgkeep.postgres.snapshot.Snapshot;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The copies of a backup in formats of PostgreSQL, each made by a run of pg_dump. */
final class PgDumpCopies {
    private final BackupPlan plan;
    private final Duration lockTimeout;
    private final String application;
    private final Progress progress;
    /** The meter of the copy that is being made; the monitor of locks asks from its own thread. */
    private volatile @Nullable DumpMeter current;

    PgDumpCopies(BackupPlan plan, Duration lockTimeout, String application, Progress progress) {
        this.plan = plan;
        this.lockTimeout = lockTimeout;
        this.application = application;
        this.progress = progress;
    }

    /**
     * Makes one stored form.
     *
     * @param tables what will be dumped, to tell how far it is
     * @param dumped told of every table that pg_dump dumps, as well as that can be read from what it says
     */
    void make(
            PlannedCopy copy,
            Path file,
            Snapshot snapshot,
            List<TableInfo> tables,
            Consumer<TableName> dumped,
            Cancellation attempt) {
        DumpMeter meter = new DumpMeter(tables, progress, () -> sizeOf(file), dumped);
        current = meter;
        run(copy, file, snapshot, meter, attempt);
    }

    /** None is made any more. */
    void end() {
        current = null;
    }

    /** Passes on what the server says about the copying that goes on. */
    void copying(List<Copying> copying) {
        DumpMeter meter = current;
        if (meter != null) {
            meter.copying(copying);
        }
    }

    private void run(PlannedCopy copy, Path file, Snapshot snapshot, DumpMeter meter, Cancellation attempt) {
        LibpqEnvironment environment = plan.targetInItsEncoding().toolEnvironment(application);
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
            command.add("--jobs=" + (shares ? plan.request().jobs().orElseGet(Parallelism::readers) : 1));
        }
        switch (plan.request().content()) {
            case ALL -> {}
            case SCHEMA -> command.add("--schema-only");
            case DATA -> command.add("--data-only");
        }
        command.addAll(plan.request().filters().options());
        return command;
    }

    private static long sizeOf(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return Files.exists(path) ? Files.size(path) : 0;
            }
            try (var files = Files.list(path)) {
                return files.mapToLong(PgDumpCopies::sizeOf).sum();
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that goes while it is looked at: the next look will tell.
            return 0;
        }
    }
}
