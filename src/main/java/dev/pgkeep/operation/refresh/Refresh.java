package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replaces a database by what another one held: plan, show the plan and ask, run. */
public final class Refresh {
    /** How the history names such runs, which {@code undo} looks for. */
    public static final String COMMAND = "refresh";

    private final Connector connector;
    private final ClientTools tools;
    private final Repository own;
    private final SafetyBackup safetyBackup;
    private final Path codeFolder;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param own the target's repository, for its safety backup and its history */
    public Refresh(
            Connector connector,
            ClientTools tools,
            Repository own,
            SafetyBackup safetyBackup,
            Path codeFolder,
            Clock clock,
            Progress progress,
            Cancellation cancellation) {
        this.connector = connector;
        this.tools = tools;
        this.own = own;
        this.safetyBackup = safetyBackup;
        this.codeFolder = codeFolder;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Reads the backup through, looks at the target, and tries the masking rules on the backup's definitions, in a
     * database without rows that is dropped again. Changes nothing.
     *
     * @throws PgkeepException BACKUP_DAMAGED, REFUSED, MASKING_INVALID, MASKING_INCOMPLETE; obstacles are in the plan
     */
    public RefreshPlan plan(RefreshSource source, Target target, MaskRules rules, MaskingKey key) {
        RestorePlan plan = checked(source, target);
        TargetRules.refuseOrigin(plan);
        if (rules.isEmpty() || !plan.blocking().isEmpty()) {
            return new RefreshPlan(source, plan, Optional.empty());
        }
        refuseInside(plan);
        progress.step("Trying the masking rules");
        List<MaskPlan> masks = new ArrayList<>();
        new ScratchRestore(connector, tools, source.repository(), Progress.SILENT, cancellation)
                .definitions(
                        plan,
                        empty -> masks.add(
                                new Masking(connector, rules, key, Progress.SILENT, cancellation).rehearse(empty)));
        return new RefreshPlan(source, plan, Optional.of(masks.getFirst()));
    }

    /**
     * Executes the plan; the caller has asked.
     *
     * @throws PgkeepException when it failed; the message says what became of the target
     */
    public RestoreOutcome run(RefreshPlan plan, MaskRules rules, MaskingKey key) {
        return restore(plan.source())
                .run(
                        plan.restore(),
                        COMMAND,
                        rules.isEmpty()
                                ? Optional.empty()
                                : Optional.of(unnamed ->
                                        new Masking(connector, rules, key, progress, cancellation).run(unnamed)));
    }

    private Restore restore(RefreshSource source) {
        return new Restore(
                connector, tools, source.repository(), own, safetyBackup, codeFolder, clock, progress, cancellation);
    }

    private RestorePlan checked(RefreshSource source, Target target) {
        try {
            return restore(source).plan(source.backup(), RestoreRequest.whole(target));
        } catch (PgkeepException e) {
            Optional<StoredBackup> backup = source.backup().backup();
            throw e.code() == ErrorCode.BACKUP_DAMAGED && backup.isPresent() ? damaged(source, backup.get(), e) : e;
        }
    }

    /** Remembered where it lies, so that the next refresh takes another one; the message names that one. */
    private PgkeepException damaged(RefreshSource source, StoredBackup backup, PgkeepException problem) {
        try {
            source.repository()
                    .mark(new Mark(
                            backup.name(),
                            Mark.Type.DAMAGED,
                            clock.instant(),
                            Map.of("problem", problem.getMessage())));
        } catch (PgkeepException e) {
            progress.note("cannot mark it as damaged: " + e.getMessage());
        }
        Optional<String> good = source.repository().list().stream()
                .filter(each -> each.isChecked() && !each.name().equals(backup.name()))
                .filter(each -> each.database().equals(backup.database()))
                .map(StoredBackup::name)
                .findFirst();
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                backup.name() + " is damaged, nothing was changed: " + problem.getMessage(),
                good.map(name -> "the newest good one is " + name + ": add --backup " + name)
                        .orElse("there is no other good backup of it there"),
                problem);
    }

    /** There it would be seen before it is masked. */
    private static void refuseInside(RestorePlan plan) {
        if (plan.way() == RestoreMode.CLEAN) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "masking needs a role that may drop and create "
                            + plan.target().database() + ", so that nobody sees" + " it before it is done, and "
                            + plan.server().role() + " may not",
                    "have it allowed: ALTER ROLE " + plan.server().role() + " CREATEDB, and own the database");
        }
    }
}
