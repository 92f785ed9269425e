package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.run.RunRecord;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.PendingRows;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.rows.SectionState;
import dev.pgkeep.base.units.Sizes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts lost rows back into a database, as a document of rows is put back: look, show it and ask, run. */
public final class RowRepair implements AutoCloseable {
    /** How the history names it. */
    public static final String COMMAND = "diff";

    private final RepairRows lost;
    private final Manifest backup;
    private final Target target;
    private final Connector connector;
    private final Repository repository;
    private final SafetyBackup safetyBackup;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;
    private @Nullable PendingRows document;

    /**
     * @param lost the rows
     * @param backup where they are from
     * @param target where they are to go
     */
    public RowRepair(
            RepairRows lost,
            Manifest backup,
            Target target,
            Connector connector,
            Repository repository,
            SafetyBackup safetyBackup,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        this.lost = lost;
        this.backup = backup;
        this.target = target;
        this.connector = connector;
        this.repository = repository;
        this.safetyBackup = safetyBackup;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Compares the rows with what is there now; changes nothing.
     *
     * @throws PgkeepException REFUSED when that would put more back than was found missing or changed
     */
    public RestorePreview look() {
        // Under a hidden name, which it keeps: it goes when this is closed, or with the next run.
        PendingRows pending = repository.beginRows(backup.name());
        document = pending;
        pending.write(out -> RowsWriter.write(
                out,
                new DocumentHead(
                        backup.database(),
                        backup.server().host(),
                        backup.server().version(),
                        clock.instant(),
                        COMMAND,
                        List.of(),
                        Optional.empty(),
                        backup.moneyPrinted().orElseGet(this::moneyOfTarget)),
                lost,
                (section, rows, bytes) -> cancellation.check()));
        return nothingElse(restore().look(pending.written(), target));
    }

    /** Where nobody knows it, the rows were compared with the target's own. */
    private String moneyOfTarget() {
        try (Connection connection = connector.open(target, "pgkeep")) {
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
        if (preview.missing() > lost.missing() || preview.conflicting() - taken > lost.changed()) {
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
     * Puts them back in one transaction, after a safety backup; the caller has asked.
     *
     * @throws PgkeepException when it failed: then nothing was changed. REFUSED when what is there is no longer what
     *     was shown
     */
    public RestoreOutcome run(RestorePreview preview) {
        RunRecord record = new RunRecord(repository, clock, COMMAND, preview.target());
        record.onProtected(preview.marked());
        try {
            String safety = safetyBackup.before(preview.target(), "nothing was changed");
            cancellation.check();
            record.begun(safety);
            RestoreOutcome outcome =
                    restore().run(preview, new RestoreOptions(OnConflict.OVERWRITE, false), Optional.of(safety));
            record.ended(outcome.inserted() + " rows put back and " + outcome.overwritten() + " changed back, from "
                    + backup.name());
            return outcome;
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.SERVER_LOST) {
                record.nothingChanged();
            }
            record.failed(e);
            throw e;
        }
    }

    private RowsRestore restore() {
        return new RowsRestore(connector, repository, safetyBackup, clock, progress, cancellation);
    }

    @Override
    public void close() {
        if (document != null) {
            document.close();
        }
    }
}
