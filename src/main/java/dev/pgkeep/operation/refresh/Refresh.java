package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.refresh.masking.MaskPlan;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.select.DamagedBackups;
import dev.pgkeep.repository.select.NewestBackup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Replaces a database by what another one held: plan, show the plan and ask, run. */
public final class Refresh {
    /** The name of such runs in the history, which {@code undo} looks for. */
    public static final String COMMAND = "refresh";

    private final Connector connector;
    private final ClientTools tools;
    private final SafetyBackup safetyBackup;
    private final Path codeFolder;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param context with the history of the target's own repository */
    public Refresh(
            Connector connector, ClientTools tools, SafetyBackup safetyBackup, Path codeFolder, RunContext context) {
        this.connector = connector;
        this.tools = tools;
        this.safetyBackup = safetyBackup;
        this.codeFolder = codeFolder;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
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
                                ? PostLoadHook.NOTHING
                                : PostLoadHook.partOfLoad(unnamed ->
                                        new Masking(connector, rules, key, progress, cancellation).run(unnamed)));
    }

    private Restore restore(RefreshSource source) {
        return new Restore(connector, () -> tools, source.repository(), safetyBackup, codeFolder, context);
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
        String instead = NewestBackup.goodBeside(backup, source.repository().list())
                .map(StoredBackup::name)
                .map(name -> "the newest good one is " + name + ": add --backup " + name)
                .orElse("there is no other good backup of it there");
        return new DamagedBackups(source.repository(), context.clock(), progress).found(backup, problem, instead);
    }

    /** Refuses to mask in a database that is there: in it real rows would be seen before they are masked. */
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
