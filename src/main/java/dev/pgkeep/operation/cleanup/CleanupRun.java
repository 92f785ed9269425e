package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.rows.RowsWriter.Written;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome;
import dev.pgkeep.operation.run.RunOutcome.Changed;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.RunOutcome.Unchanged;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.repository.PendingRows;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One cleanup, after its safety backup: finds the rows again, writes them down, deletes them. */
final class CleanupRun {
    private final CleanupPreview preview;
    private final CleanupOptions options;
    private final RecordedRun run;
    private final String safety;
    private final Connector connector;
    private final Repository repository;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    CleanupRun(
            CleanupPreview preview,
            CleanupOptions options,
            RecordedRun run,
            Connector connector,
            Repository repository,
            RunContext context) {
        this.preview = preview;
        this.options = options;
        this.run = run;
        this.safety = run.safety().orElseThrow();
        this.connector = connector;
        this.repository = repository;
        this.clock = context.clock();
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /** The rows that are about to go, and the document that holds them. */
    private record Begun(CleanupScope scope, Written written, Path document, Instant started) {}

    RunOutcome<CleanupOutcome> delete() {
        boolean batched = options.batch().isPresent();
        @Nullable RunOutcome<CleanupOutcome> outcome = null;
        try (Connection connection = connector.open(preview.target(), "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                RowSession session = batched ? RowSession.looking(connection) : RowSession.changing(connection);
                PendingRows pending = repository.rows().begin(safety)) {
            progress.step(batched ? "Finding the rows again" : "Finding the rows again, and locking them");
            Begun begun = begin(findAgain(session, batched), pending);
            progress.step("Deleting " + Sizes.count(preview.rows(), "row"));
            outcome = batched ? inBatches(session, begun) : atOnce(session, begun);
            return outcome;
        } catch (SQLException e) {
            return orElse(outcome, cancellation.meant(SqlErrors.translate(e, "deleting")));
        } catch (PgkeepException e) {
            return orElse(outcome, cancellation.meant(e));
        }
    }

    /** What came of it stands, whatever fails while things are closed. */
    private static RunOutcome<CleanupOutcome> orElse(
            @Nullable RunOutcome<CleanupOutcome> outcome, PgkeepException failure) {
        return outcome == null ? new Unchanged<>(failure.during("nothing was deleted")) : outcome;
    }

    private CleanupScope findAgain(RowSession session, boolean batched) {
        CleanupScope scope = CleanupScope.take(session, preview.rules(), !batched, batched, cancellation);
        scope.mustBe(preview);
        return scope;
    }

    /** The document gets its name, and the history says so, before anything goes. */
    private Begun begin(CleanupScope scope, PendingRows pending) {
        Written written = new DeletedRowsWriter(preview, safety, clock, progress, cancellation).write(scope, pending);
        Path document = pending.commit();
        run.writes(repository.root().relativize(document).toString());
        try {
            run.begin();
        } catch (PgkeepException e) {
            repository.rows().forget(document);
            throw e;
        }
        return new Begun(scope, written, document, clock.instant());
    }

    private RunOutcome<CleanupOutcome> atOnce(RowSession session, Begun begun) {
        long deleted;
        try {
            deleted = new Deletion(begun.scope()).run(options.triggers());
            cancellation.check();
            progress.step("Committing");
        } catch (PgkeepException e) {
            return nothing(begun, e);
        }
        try {
            session.commit();
        } catch (PgkeepException e) {
            return nobodyKnows(e);
        }
        return done(begun, deleted, 1);
    }

    private RunOutcome<CleanupOutcome> inBatches(RowSession session, Begun begun) {
        Batches work = new Batches(begun.scope(), options, progress, cancellation);
        try {
            session.commit();
            work.run();
        } catch (PgkeepException e) {
            return work.deleted() > 0
                    ? some(work.deleted(), e)
                    : work.isUncertain() ? nobodyKnows(e) : nothing(begun, e);
        }
        return done(begun, work.deleted(), work.batches());
    }

    private RunOutcome<CleanupOutcome> done(Begun begun, long deleted, int batches) {
        Duration took = Duration.between(begun.started(), clock.instant());
        return new Done<>(new CleanupOutcome(safety, begun.document(), begun.written(), deleted, batches, took));
    }

    private RunOutcome<CleanupOutcome> some(long deleted, PgkeepException cause) {
        return new Changed<>(new PgkeepException(
                cause.code(),
                cause.getMessage() + "; " + Sizes.count(deleted, "row") + " of " + Sizes.count(preview.rows(), "row")
                        + " had been deleted before",
                "every one is in the document: pgkeep undo puts them back; or delete the rest: pgkeep cleanup",
                cause));
    }

    private static RunOutcome<CleanupOutcome> nobodyKnows(PgkeepException cause) {
        return new Changed<>(new PgkeepException(
                cause.code(),
                cause.getMessage() + "; nobody knows whether the rows are gone",
                "pgkeep undo looks, and puts back what is missing",
                cause));
    }

    private RunOutcome<CleanupOutcome> nothing(Begun begun, PgkeepException cause) {
        repository.rows().forget(begun.document());
        return new Unchanged<>(cancellation.meant(cause).during("nothing was deleted"));
    }
}
