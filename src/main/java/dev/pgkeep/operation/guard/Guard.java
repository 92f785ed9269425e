package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.appcommand.ReentrancyCheck;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A guarded command with all that belongs to it: the question, where the database is protected, and retention once the
 * run has gone well. Plan, show the plan, run.
 */
public final class Guard {
    private final GuardedRun run;
    private final Supplier<ClientTools> tools;
    private final Consumer<Manifest> retention;
    private final Consumer<Target> wayBack;

    /**
     * Wires a guard.
     *
     * @param tools finds the programs that back up
     * @param retention removes what the rules let go after a backup
     * @param wayBack tells what of the safety backup would not load
     */
    public Guard(GuardedRun run, Supplier<ClientTools> tools, Consumer<Manifest> retention, Consumer<Target> wayBack) {
        this.run = run;
        this.tools = tools;
        this.retention = retention;
        this.wayBack = wayBack;
    }

    /**
     * Looks at everything, changing nothing.
     *
     * @throws PgkeepException USAGE when there is no such program, LOCK_BUSY inside a command that pgkeep itself runs
     *     on this database, and what keeps the database from being looked at
     */
    public GuardPlan plan(GuardRequest request, Target target) {
        GuardPlan plan = run.plan(request, target);
        ReentrancyCheck.refuse(request.place().environment(), plan.target());
        return plan;
    }

    /**
     * Finds out before anybody is asked whether the database can be backed up.
     *
     * @throws PgkeepException when there is no program of PostgreSQL that can
     */
    public void requireClient(GuardPlan plan) {
        tools.get().chooseForDump(Version.ofNumber(plan.server().versionNumber()));
    }

    /**
     * Asks, backs up, runs the command, and does what the request wants of success and failure. The backup is the
     * answer to most questions: only a protected database is asked about.
     *
     * @return how it ended, also when the command failed or was interrupted
     * @throws PgkeepException REFUSED, or when it failed before the command began: the database is as it was
     */
    public GuardOutcome run(GuardPlan plan, Confirm confirm) {
        wayBack.accept(plan.target());
        String what = "run this on " + plan.target().database();
        confirm.ask(new Stake(plan.target(), plan.isProtected(), what, true));
        GuardOutcome outcome = run.run(plan);
        if (outcome instanceof GuardOutcome.Done done) {
            retention.accept(done.ran().safetyBackup());
            done.postBackup().ifPresent(retention);
        }
        return outcome;
    }
}
