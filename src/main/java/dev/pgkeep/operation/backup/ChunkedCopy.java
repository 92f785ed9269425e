package dev.pgkeep.operation.backup;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.backup.chunked.ChunkedDump;
import dev.pgkeep.operation.backup.chunked.ChunkedDumpRequest;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.backup.chunked.LsnReader;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.snapshot.Snapshot;
import java.sql.Connection;
import java.time.Duration;
import java.util.Objects;

/** The copy of a backup that goes into chunks. */
final class ChunkedCopy {
    private static final int DEFAULT_LEVEL = 3;

    private final BackupPlan plan;
    private final Connector connector;
    private final ChunkDestination destination;
    private final Duration lockTimeout;
    private final String application;
    private final Progress progress;
    private LsnReader position = new LsnReader();

    ChunkedCopy(
            BackupPlan plan,
            Connector connector,
            ChunkDestination destination,
            Duration lockTimeout,
            String application,
            Progress progress) {
        this.plan = plan;
        this.connector = connector;
        this.destination = destination;
        this.lockTimeout = lockTimeout;
        this.application = application;
        this.progress = progress;
    }

    /**
     * Notes where the server is before the snapshot of an attempt is taken, so that a later backup knows what changed
     * since.
     *
     * @param connection the session that takes it, outside of a transaction
     */
    void prepare(Connection connection) {
        position = new LsnReader();
        position.readBefore(connection);
    }

    /** @param beside done in the session of the snapshot while others read */
    ChunkedResult make(PlannedCopy copy, Snapshot snapshot, Crew.Work beside, Cancellation attempt) {
        return new ChunkedDump(order(copy), connector, destination.store().get(), progress)
                .dump(snapshot, position.in(snapshot.connection()), beside, attempt);
    }

    private ChunkedDumpRequest order(PlannedCopy copy) {
        return new ChunkedDumpRequest(
                plan.targetInItsEncoding(),
                application,
                plan.tools(),
                ClientEncoding.charset(plan.facts().properties().encoding()),
                plan.request().content(),
                plan.request().filters().options(),
                plan.request().jobs().orElseGet(Parallelism::readers),
                Objects.requireNonNullElse(copy.compression().level(), DEFAULT_LEVEL),
                lockTimeout,
                plan.request().check(),
                destination.parent());
    }
}
