package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
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
import dev.pgkeep.postgres.relations.RelationCatalog;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.format.rows.RowsReader.Checked;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the rows of a document back: look, show what was found and ask, run. */
public final class RowsRestore {
    /** How the history names it. */
    public static final String COMMAND = "rows restore";

    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public RowsRestore(
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
     * Puts them back in one transaction; the caller has asked. What is there already is left alone, so it may be run
     * again.
     *
     * @throws PgkeepException when it failed: then nothing was changed. REFUSED when rows were to be written over and
     *     what is there is no longer what was shown
     */
    public RestoreOutcome run(RestorePreview preview, RestoreOptions options) {
        Target target = preview.target();
        RunRecord record = new RunRecord(repository, clock, COMMAND, target);
        record.onProtected(preview.marked());
        try {
            Optional<String> safety = options.onConflict() == OnConflict.OVERWRITE && preview.conflicting() > 0
                    ? Optional.of(safetyBackup.before(target, "nothing was changed"))
                    : Optional.empty();
            cancellation.check();
            safety.ifPresent(record::begun);
            RestoreOutcome outcome = run(preview, options, safety);
            record.ended(outcome.inserted() + " rows put back, " + (outcome.updated() + outcome.overwritten())
                    + " changed, from " + preview.file().getFileName());
            return outcome;
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.SERVER_LOST) {
                record.nothingChanged();
            }
            record.failed(e);
            throw e;
        }
    }

    /**
     * The same for a caller that keeps the record of the run.
     *
     * @param safety the backup that was made before
     */
    public RestoreOutcome run(RestorePreview preview, RestoreOptions options, Optional<String> safety) {
        boolean committing = false;
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
            committing = true;
            session.commit();
            return outcome;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "putting rows back");
        } catch (PgkeepException e) {
            throw committing
                    ? new PgkeepException(
                            e.code(),
                            e.getMessage() + "; nobody knows whether the rows are back",
                            "run it again: what is there already is left alone",
                            e)
                    : e.during("nothing was changed");
        }
    }
}
