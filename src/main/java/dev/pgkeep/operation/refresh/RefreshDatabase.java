package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.appcommand.ConfiguredCommand;
import dev.pgkeep.operation.appcommand.ConfiguredCommands;
import dev.pgkeep.operation.confirm.ConfiguredProtection;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.refresh.masking.MaskRules;
import dev.pgkeep.operation.refresh.masking.MaskingKey;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;

/**
 * A refresh with all that belongs to it: what may not be replaced, masking, the question, and the application's
 * commands afterwards. Refuse, find the source, plan, show the plan, run.
 */
public final class RefreshDatabase {
    private final Refresh refresh;
    private final MaskRules rules;
    private final MaskingKey key;
    private final ConfiguredProtection protection;
    private final ConfiguredCommands commands;
    private final RefreshSteps steps;

    /** Wires a refresh of a database. */
    public RefreshDatabase(
            Refresh refresh,
            MaskRules rules,
            MaskingKey key,
            ConfiguredProtection protection,
            ConfiguredCommands commands,
            RefreshSteps steps) {
        this.refresh = refresh;
        this.rules = rules;
        this.key = key;
        this.protection = protection;
        this.commands = commands;
        this.steps = steps;
    }

    /**
     * Refuses, before anything is fetched, a target that is on a foreign host, or that the configuration protects.
     *
     * @param hosts those whose databases may be replaced, besides this machine
     * @throws PgkeepException REFUSED
     */
    public void refuse(Target target, List<String> hosts) {
        TargetRules.refuseForeign(target, hosts);
        TargetRules.refuseProtected(target, protection.why(target, false));
    }

    /**
     * Reads the backup through, looks at the target and tries the masking rules; changes nothing.
     *
     * @throws PgkeepException BACKUP_DAMAGED, REFUSED, MASKING_INVALID, MASKING_INCOMPLETE; obstacles are in the plan
     */
    public RefreshPlan plan(RefreshSource source, Target target) {
        RefreshPlan plan = refresh.plan(source, target, rules, key);
        RestorePlan restore = plan.restore();
        TargetRules.refuseProtected(restore.target(), protection.why(restore.target(), restore.isProtected()));
        return plan;
    }

    /**
     * Executes the plan.
     *
     * @param confirm asked before the first change, where there is something to lose
     * @throws PgkeepException PREFLIGHT_FAILED, CONFIG_UNTRUSTED, REFUSED; when it failed the message says what became
     *     of the target
     */
    public RefreshResult run(RefreshPlan plan, Confirm confirm) {
        RestorePlan restore = plan.restore();
        Restore.refuseBlocked(restore);
        steps.migrate().ifPresent(ConfiguredCommand::allow);
        steps.afterRestore().ifPresent(ConfiguredCommand::allow);
        if (restore.isDestructive()) {
            confirm.ask(new Stake(
                    restore.target(),
                    restore.isProtected(),
                    "replace " + restore.target().database()));
        }
        RestoreOutcome outcome = refresh.run(plan, rules, key);
        Target target = outcome.target();
        int migrated = after(
                "migrate",
                steps.migrate(),
                target,
                target.database() + " is refreshed, but its schema is not that of the code: correct the"
                        + " migration and run it again, or go back with pgkeep undo");
        int after = after("after-restore", steps.afterRestore(), target, "the database itself is restored");
        return new RefreshResult(outcome, migrated, after);
    }

    private int after(String name, Optional<ConfiguredCommand> command, Target target, String so) {
        return command.isEmpty() ? 0 : commands.after(name, command.get().allowed(), target, so);
    }
}
