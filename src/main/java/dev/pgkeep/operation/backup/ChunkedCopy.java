package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Parallelism;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.operation.backup.chunked.ChunkedDump;
import dev.pgkeep.operation.backup.chunked.ChunkedDumpRequest;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.backup.chunked.Since;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.postgres.incremental.LineageWriter;
import dev.pgkeep.postgres.snapshot.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The copy of a backup that goes into chunks. */
final class ChunkedCopy {
    private static final int DEFAULT_LEVEL = 3;

    private final BackupPlan plan;
    private final Connector connector;
    private final ChunkDestination destination;
    private final Duration lockTimeout;
    private final String application;
    private final Progress progress;
    private Optional<Since> since = Optional.empty();

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
     * Chooses the backup that an attempt builds on, before its snapshot is taken.
     *
     * @param connection the session that takes it, outside of a transaction
     */
    void prepare(Connection connection) {
        since = destination.base().before(connection);
    }

    /** @param beside done in the session of the snapshot while others read */
    ChunkedResult make(PlannedCopy copy, Snapshot snapshot, Crew.Work beside, Cancellation attempt) {
        return new ChunkedDump(order(copy), connector, destination.store().get(), progress)
                .dump(snapshot, beside, attempt);
    }

    /**
     * Notes where in the history of its server the snapshot lies, so that a later backup may read only what changed
     * since. The snapshot is over then.
     */
    ChunkedResult located(ChunkedResult made, Snapshot snapshot) {
        if (plan.request().content() == Content.SCHEMA) {
            return made;
        }
        if (plan.server().standby()) {
            progress.note("the next backup of this standby will read everything again: a mark in the server's history"
                    + " can be left on the primary only");
            return made;
        }
        try {
            LineageWriter lineage = LineageWriter.in(snapshot.connection());
            snapshot.end();
            Lineage place = lineage.end(snapshot.connection());
            return made.signatures().areStillTrue(snapshot.connection()) ? made.at(place) : made;
        } catch (SQLException e) {
            return unlocated(made, SqlErrors.translate(e, "leaving a mark in its history"));
        } catch (PgkeepException e) {
            return unlocated(made, e);
        }
    }

    private ChunkedResult unlocated(ChunkedResult made, PgkeepException why) {
        progress.note("the next backup will read everything again: " + why.getMessage());
        return made;
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
                since);
    }
}
