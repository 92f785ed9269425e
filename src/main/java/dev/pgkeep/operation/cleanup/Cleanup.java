package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.snapshot.ChangeLock;
import dev.pgkeep.repository.Repository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Deletes rows and everything that depends on them: look, show what was found and ask, run. */
public final class Cleanup {
    /** The name of such runs in the history. */
    public static final String COMMAND = "cleanup";

    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    public Cleanup(Connector connector, Repository repository, SafetyBackup safetyBackup, RunContext context) {
        this.connector = connector;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
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
        safetyBackup.doubt(preview.target()).ifPresent(progress::warn);
        confirm.ask(new Stake(preview.target(), preview.marked(), "delete " + Sizes.count(preview.rows(), "row")));
        return run(preview, options);
    }

    /**
     * Deletes what was shown; the caller has asked.
     *
     * @throws PgkeepException when it failed; the message says what became of the rows. REFUSED when what is there is
     *     no longer what was shown
     */
    CleanupOutcome run(CleanupPreview preview, CleanupOptions options) {
        RecordedRun run = RecordedRun.of(context, COMMAND, preview.target()).onProtected(preview.marked());
        return run.run(() -> {
            try (ChangeLock lock =
                    ChangeLock.take(connector, preview.target(), "pgkeep cleanup", true, progress, cancellation)) {
                run.backUp(safetyBackup, preview.target(), "nothing was deleted");
                return run.end(
                        new CleanupRun(preview, options, run, connector, repository, context).delete(),
                        done -> Sizes.count(done.deleted(), "row") + " deleted, all in "
                                + done.document().getFileName());
            }
        });
    }
}
