package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.format.rows.RowsReader.Checked;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome;
import dev.pgkeep.operation.run.RunOutcome.Changed;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.RunOutcome.Unchanged;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.RelationCatalog;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a document back: look, show what was found and ask, run. */
public final class RowsRestore {
    /** The name of such runs in the history. */
    public static final String COMMAND = "rows restore";

    private final Connector connector;
    private final SafetyBackup safetyBackup;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    public RowsRestore(Connector connector, SafetyBackup safetyBackup, RunContext context) {
        this.connector = connector;
        this.safetyBackup = safetyBackup;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * Reads the whole document and compares it with the database; changes nothing.
     *
     * @throws PgkeepException BACKUP_DAMAGED when the document is not as it was written; OBJECT_MISSING
     */
    public RestorePreview look(Path file, Target chosen) {
        String name = String.valueOf(file.getFileName());
        progress.step(name.startsWith(".") ? "Reading the rows" : "Reading " + name);
        Checked document = RowsReader.check(file);
        Target target = connector.settle(chosen);
        try (Connection connection = connector.open(target, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection))) {
            String version = new Catalog(connection).server().shortVersion();
            boolean marked = Protection.isOn(connection, target.database());
            try (RowSession session = RowSession.looking(connection)) {
                Staging staging =
                        Staging.fill(session, RelationCatalog.read(connection), file, document, progress, cancellation);
                List<SectionState> states = staging.states();
                return new RestorePreview(
                        file, target, version, marked, document, states, staging.obstacles(), notes(document, staging));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at " + target.database());
        }
    }

    private static List<String> notes(Checked document, Staging staging) {
        List<String> notes = new ArrayList<>();
        for (Staged staged : staging.sections()) {
            staged.section()
                    .columns()
                    .forEach(column -> staged.relation()
                            .column(column.name())
                            .filter(live -> !live.type().equals(column.type()))
                            .ifPresent(live -> notes.add(staged.relation().shown() + "." + column.name() + " was "
                                    + column.type() + " and is " + live.type() + " now")));
        }
        return notes;
    }

    /**
     * Asks and puts the rows back. The question is asked only where rows are written over, or the database is
     * protected: what is there is left alone otherwise.
     *
     * @param called how the document was called, for the hints of errors
     * @param confirm asked before the first change
     * @return empty when every row is there already
     * @throws PgkeepException PREFLIGHT_FAILED, REFUSED; when it failed nothing was changed
     */
    public Optional<RestoreOutcome> run(
            RestorePreview preview, RestoreOptions options, String called, Confirm confirm) {
        if (preview.isIdle()) {
            return Optional.empty();
        }
        refuse(preview, options, called);
        boolean overwriting = options.onConflict() == OnConflict.OVERWRITE && preview.conflicting() > 0;
        String what = overwriting
                ? "write over " + Sizes.count(preview.conflicting(), "row")
                : "put " + Sizes.count(preview.missing(), "row") + " back";
        if (overwriting) {
            safetyBackup.doubt(preview.target()).ifPresent(progress::warn);
        }
        confirm.ask(new Stake(preview.target(), preview.marked(), what, !overwriting));
        return Optional.of(run(preview, options));
    }

    private static void refuse(RestorePreview preview, RestoreOptions options, String called) {
        if (!preview.obstacles().isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.PREFLIGHT_FAILED,
                    "the rows cannot be put back: " + String.join("; ", preview.obstacles()),
                    "put back what they refer to first");
        }
        if (options.onConflict() == OnConflict.FAIL && preview.conflicting() > 0) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    preview.conflicting() + " of the rows are in conflict with what is there now; nothing was changed",
                    "to leave these out: pgkeep rows restore " + ShellWords.word(called)
                            + " --execute --on-conflict skip   (or" + " overwrite)");
        }
    }

    /**
     * Puts the rows back in one transaction; the caller has asked. What is there already is left alone, so it may be
     * run again.
     *
     * @throws PgkeepException when it failed: then nothing was changed. REFUSED when rows were to be written over and
     *     what is there is no longer what was shown
     */
    public RestoreOutcome run(RestorePreview preview, RestoreOptions options) {
        RecordedRun run = RecordedRun.of(context, COMMAND, preview.target()).onProtected(preview.marked());
        return run.run(() -> {
            if (options.onConflict() == OnConflict.OVERWRITE && preview.conflicting() > 0) {
                run.backUp(safetyBackup, preview.target(), "nothing was changed");
                run.begin("nothing was changed");
            }
            return run.end(
                    putBack(preview, options, run.safety()),
                    done -> done.inserted() + " rows put back, " + (done.updated() + done.overwritten())
                            + " changed, from " + preview.file().getFileName());
        });
    }

    /**
     * Puts the rows back for a caller that keeps the record of the run.
     *
     * @param safety the backup that was made before
     */
    public RunOutcome<RestoreOutcome> putBack(RestorePreview preview, RestoreOptions options, Optional<String> safety) {
        if (cancellation.isCancelled()) {
            return new Unchanged<>(Cancellation.interrupted().during("nothing was changed"));
        }
        @Nullable RunOutcome<RestoreOutcome> ended = null;
        try (Connection connection = connector.open(preview.target(), "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                RowSession session = RowSession.changing(connection)) {
            Relations relations = RelationCatalog.read(connection);
            Staging staging =
                    Staging.fill(session, relations, preview.file(), preview.document(), progress, cancellation);
            progress.step("Putting rows back into " + preview.target().database());
            RestoreOutcome outcome = new RowsReturn(session, new RelationGraph(relations), staging, options)
                    .run(preview.sections(), safety);
            cancellation.check();
            ended = commit(session, outcome);
            return ended;
        } catch (SQLException e) {
            return ended == null
                    ? new Unchanged<>(cancellation.meant(SqlErrors.translate(e, "putting rows back")))
                    : ended;
        } catch (PgkeepException e) {
            // What came of it stands, whatever fails while things are closed.
            return ended == null ? new Unchanged<>(cancellation.meant(e).during("nothing was changed")) : ended;
        }
    }

    /** A server that answers that it could not has rolled back; of one that does not answer, nobody knows. */
    private static RunOutcome<RestoreOutcome> commit(RowSession session, RestoreOutcome outcome) {
        try {
            session.commit();
            return new Done<>(outcome);
        } catch (PgkeepException e) {
            PgkeepException failure = new PgkeepException(
                    e.code(),
                    e.getMessage() + "; nobody knows whether the rows are back",
                    "run it again: what is there already is left alone",
                    e);
            boolean answered = e.code() != ErrorCode.SERVER_LOST && e.code() != ErrorCode.INTERRUPTED;
            return answered ? new Unchanged<>(failure) : new Changed<>(failure);
        }
    }
}
