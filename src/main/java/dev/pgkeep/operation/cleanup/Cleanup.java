package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.rows.RowsWriter.Written;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.run.RunRecord;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.snapshot.ChangeLock;
import dev.pgkeep.repository.PendingRows;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes rows and everything that depends on them: look, show what was found and ask, run. */
public final class Cleanup {
    /** How the history names it. */
    public static final String COMMAND = "cleanup";

    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public Cleanup(
            Connector connector,
            Repository repository,
            SafetyBackup safetyBackup,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Finds what would go, in one snapshot; locks and changes nothing.
     *
     * @throws PgkeepException OBJECT_MISSING, SQL_FAILED and USAGE when a rule is not right
     */
    public CleanupPreview look(Target chosen, List<CleanupRule> rules) {
        Target target = connector.settle(chosen);
        progress.step("Looking what would go");
        try (Connection connection = connector.open(target, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            String version = new Catalog(connection).server().shortVersion();
            boolean marked = Protection.isOn(connection, target.database());
            try (RowSession session = RowSession.looking(connection)) {
                CleanupScope look = CleanupScope.take(session, rules, false, false, cancellation);
                CleanupCheck check = new CleanupCheck(
                        look.relations(),
                        look.meant(rules),
                        look.tables().keySet(),
                        look.changed().keySet(),
                        look.orphans());
                return new CleanupPreview(
                        target,
                        version,
                        marked,
                        rules,
                        look.doomed(),
                        look.changedTables(),
                        check.obstacles(),
                        check.warnings());
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at " + target.database());
        }
    }

    /**
     * Refuses what could not be put back.
     *
     * @throws PgkeepException PREFLIGHT_FAILED naming everything that stands in the way
     */
    public static void refuseBlocked(CleanupPreview preview) {
        if (!preview.obstacles().isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    "what would be deleted could not be put back: " + String.join("; ", preview.obstacles()),
                    "delete these rows by hand after pgkeep backup, or change the plan");
        }
    }

    /**
     * Asks, and deletes what was shown.
     *
     * @param preview holds at least one row
     * @param confirm asked before the first change
     * @throws PgkeepException PREFLIGHT_FAILED, REFUSED; when it failed the message says what became of the rows
     */
    public CleanupOutcome run(CleanupPreview preview, CleanupOptions options, Confirm confirm) {
        refuseBlocked(preview);
        confirm.ask(new Stake(preview.target(), preview.marked(), "delete " + Sizes.count(preview.rows(), "row")));
        return run(preview, options);
    }

    /**
     * Deletes what was shown; the caller has asked.
     *
     * @throws PgkeepException when it failed; the message says what became of the rows. REFUSED when what is there is
     *     no longer what was shown
     */
    public CleanupOutcome run(CleanupPreview preview, CleanupOptions options) {
        RunRecord record = new RunRecord(repository, clock, COMMAND, preview.target());
        record.onProtected(preview.marked());
        try (ChangeLock lock =
                ChangeLock.take(connector, preview.target(), "pgkeep cleanup", true, progress, cancellation)) {
            String safety = safetyBackup.before(preview.target(), "nothing was deleted");
            cancellation.check();
            CleanupOutcome outcome = new Work(preview, options, record, safety).run();
            end(record, outcome);
            return outcome;
        } catch (PgkeepException e) {
            record.failed(e);
            throw e;
        }
    }

    /** The rows are gone, whatever becomes of the record. */
    private void end(RunRecord record, CleanupOutcome outcome) {
        try {
            record.ended(Sizes.count(outcome.deleted(), "row") + " deleted, all in "
                    + outcome.document().getFileName());
        } catch (PgkeepException e) {
            progress.note("the end of this run is not in the history: " + e.getMessage());
        }
    }

    /** One run, after the safety backup. */
    private final class Work {
        private final CleanupPreview preview;
        private final CleanupOptions options;
        private final RunRecord record;
        private final String safety;
        private @Nullable Path begun;
        private boolean uncertain;
        private long deletedBefore;

        Work(CleanupPreview preview, CleanupOptions options, RunRecord record, String safety) {
            this.preview = preview;
            this.options = options;
            this.record = record;
            this.safety = safety;
        }

        CleanupOutcome run() {
            boolean batched = options.batch().isPresent();
            try (Connection connection = connector.open(preview.target(), "pgkeep");
                    var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                    RowSession session = batched ? RowSession.looking(connection) : RowSession.changing(connection);
                    PendingRows pending = repository.beginRows(safety)) {
                progress.step(batched ? "Finding the rows again" : "Finding the rows again, and locking them");
                CleanupScope look = CleanupScope.take(session, preview.rules(), !batched, batched, cancellation);
                look.mustBe(preview);
                Written written =
                        new DeletedRowsWriter(preview, safety, clock, progress, cancellation).write(look, pending);
                Path document = begin(pending);
                progress.step("Deleting " + Sizes.count(preview.rows(), "row"));
                Instant started = clock.instant();
                int batches = 1;
                long deleted;
                if (batched) {
                    Batches work = new Batches(look, options, progress, cancellation);
                    batches = inBatches(session, work);
                    deleted = work.deleted();
                } else {
                    deleted = new Deletion(look).run(options.triggers());
                    cancellation.check();
                    progress.step("Committing");
                    uncertain = true;
                    session.commit();
                }
                return new CleanupOutcome(
                        safety, document, written, deleted, batches, Duration.between(started, clock.instant()));
            } catch (SQLException e) {
                throw failed(SqlErrors.translate(e, "deleting"));
            } catch (PgkeepException e) {
                throw failed(e);
            }
        }

        private int inBatches(RowSession session, Batches work) {
            session.commit();
            try {
                work.run();
                return work.batches();
            } finally {
                deletedBefore = work.deleted();
                uncertain = work.isUncertain();
            }
        }

        /** The document gets its name, and the history says so, before anything goes. */
        private Path begin(PendingRows pending) {
            Path document = pending.commit();
            record.writes(repository.root().relativize(document).toString());
            begun = document;
            record.begun(safety);
            return document;
        }

        private PgkeepException failed(PgkeepException cause) {
            if (deletedBefore > 0) {
                return new PgkeepException(
                        cause.code(),
                        cause.getMessage() + "; " + Sizes.count(deletedBefore, "row") + " of "
                                + Sizes.count(preview.rows(), "row") + " had been deleted before",
                        "every one is in the document: pgkeep undo puts them back; or delete the rest: pgkeep cleanup",
                        cause);
            }
            if (uncertain) {
                return new PgkeepException(
                        cause.code(),
                        cause.getMessage() + "; nobody knows whether the rows are gone",
                        "pgkeep undo looks, and puts back what is missing",
                        cause);
            }
            if (begun != null) {
                record.nothingChanged();
                repository.forgetRows(begun);
            }
            return cause.during("nothing was deleted");
        }
    }
}
