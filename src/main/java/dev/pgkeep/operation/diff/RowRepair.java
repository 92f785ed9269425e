package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.rows.SectionState;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.repository.PendingRows;
import dev.pgkeep.repository.Repository;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts lost rows back into a database, as a document of rows is put back: look, show it and ask, run. */
public final class RowRepair implements AutoCloseable {
    /** The name of such runs in the history. */
    public static final String COMMAND = "diff";

    private final RepairRequest request;
    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final RunContext context;
    private @Nullable PendingRows document;

    public RowRepair(
            RepairRequest request,
            Connector connector,
            Repository repository,
            SafetyBackup safetyBackup,
            RunContext context) {
        this.request = request;
        this.connector = connector;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.context = context;
    }

    /**
     * Compares the rows with what is there now; changes nothing.
     *
     * @throws PgkeepException REFUSED when that would put more back than was found missing or changed
     */
    public RestorePreview look() {
        // Under a hidden name, which it keeps: it goes when this is closed, or with the next run.
        Manifest backup = request.backup();
        PendingRows pending = repository.rows().begin(backup.name());
        document = pending;
        pending.write(out -> RowsWriter.write(
                out,
                new DocumentHead(
                        backup.database(),
                        backup.server().host(),
                        backup.server().version(),
                        context.clock().instant(),
                        COMMAND,
                        List.of(),
                        Optional.empty(),
                        backup.moneyPrinted().orElseGet(this::moneyOfTarget)),
                request.lost(),
                (section, rows, bytes) -> context.cancellation().check()));
        return nothingElse(restore().look(pending.written(), request.target()));
    }

    /** The locale of the target's own money: where nobody knows that of the backup, the rows were compared with it. */
    private String moneyOfTarget() {
        try (Connection connection = connector.open(request.target(), "pgkeep")) {
            return SessionSettings.usualMoney(connection);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for lc_monetary");
        }
    }

    private RestorePreview nothingElse(RestorePreview preview) {
        List<String> obstacles = new ArrayList<>(preview.obstacles());
        long taken = 0;
        for (SectionState each : preview.sections()) {
            taken += each.taken();
            if (each.taken() > 0) {
                obstacles.add(Sizes.count(each.taken(), "row") + " of "
                        + Relation.shown(each.section().table())
                        + " cannot come back, since rows of another key have their unique values by now ("
                        + String.join("; ", each.samples()) + ")");
            }
        }
        if (preview.missing() > request.lost().missing() + request.lost().respelled()
                || preview.conflicting() - taken > request.lost().changed()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "rows were changed while they were compared; nothing was changed back",
                    "run it again");
        }
        return new RestorePreview(
                preview.file(),
                preview.target(),
                preview.serverVersion(),
                preview.marked(),
                preview.document(),
                preview.sections(),
                obstacles,
                preview.notes());
    }

    /**
     * Asks and puts them back in one transaction, after a safety backup.
     *
     * @param preview at least one row comes back or is changed back
     * @param what completes "Type yes to …", for instance {@code put 3 rows back in shop}
     * @throws PgkeepException REFUSED when it was not confirmed, or what is there is no longer what was shown; when it
     *     failed nothing was changed
     */
    public RestoreOutcome run(RestorePreview preview, String what, Confirm confirm) {
        safetyBackup.doubt(preview.target()).ifPresent(context.progress()::warn);
        confirm.ask(new Stake(preview.target(), preview.marked(), what));
        return run(preview);
    }

    /**
     * Puts the rows back in one transaction, after a safety backup; the caller has asked.
     *
     * @throws PgkeepException when it failed: then nothing was changed. REFUSED when what is there is no longer what
     *     was shown
     */
    RestoreOutcome run(RestorePreview preview) {
        RecordedRun run = RecordedRun.of(context, COMMAND, preview.target()).onProtected(preview.marked());
        return run.run(() -> {
            run.backUp(safetyBackup, preview.target(), "nothing was changed");
            run.begin("nothing was changed");
            return run.end(
                    restore().putBack(preview, new RestoreOptions(OnConflict.OVERWRITE, false), run.safety()),
                    done -> done.inserted() + " rows put back and " + done.overwritten() + " changed back, from "
                            + request.backup().name());
        });
    }

    private RowsRestore restore() {
        return new RowsRestore(connector, safetyBackup, context);
    }

    @Override
    public void close() {
        if (document != null) {
            document.close();
        }
    }
}
