package dev.pgkeep.operation.restore;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.appcommand.ConfiguredCommand;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.restore.source.SourceFinder;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A restore with all that belongs to it: the question, kept databases whose time has passed, migrations and smoke tests
 * before the database gets its name, and the application's command afterwards. Plan, show the plan, run.
 */
public final class RestoreDatabase {
    /** The name of such runs in the history. */
    public static final String COMMAND = "restore";

    private final Restore restore;
    private final SourceFinder finder;
    private final Connector connector;
    private final Consumer<Target> expiry;
    private final RestoreSteps steps;
    private final Progress progress;

    /**
     * Wires a restore of a database.
     *
     * @param finder knows the repository of the backups
     * @param expiry drops kept databases of a server whose time has passed, as well as it can
     */
    public RestoreDatabase(
            Restore restore,
            SourceFinder finder,
            Connector connector,
            Consumer<Target> expiry,
            RestoreSteps steps,
            Progress progress) {
        this.restore = restore;
        this.finder = finder;
        this.connector = connector;
        this.expiry = expiry;
        this.steps = steps;
        this.progress = progress;
    }

    /**
     * Reads the backup through and looks at the target, changing nothing there. A backup that turns out to be damaged
     * is marked as such, and the error names the newest good one.
     *
     * @throws PgkeepException BACKUP_DAMAGED, CONFIG_UNTRUSTED, or what keeps the server from being looked at;
     *     obstacles are in the plan
     */
    public RestorePlan plan(RestoreSource source, RestoreRequest request) {
        steps.migrate().ifPresent(ConfiguredCommand::allow);
        try {
            return restore.plan(source, request);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.BACKUP_DAMAGED || source.backup().isEmpty()) {
                throw e;
            }
            throw finder.damaged(source.backup().get(), e);
        }
    }

    /**
     * Executes the plan.
     *
     * @param command how the history names this run: {@code restore} or {@code undo}
     * @param confirm asked before the first change, where there is something to lose
     * @throws PgkeepException PREFLIGHT_FAILED, CONFIG_UNTRUSTED, REFUSED; when it failed the message says what became
     *     of the target
     */
    public RestoreResult run(RestorePlan plan, String command, Confirm confirm) {
        Restore.refuseBlocked(plan);
        allowAfter();
        List<String> smoke = plan.keepsOld() ? steps.smoke().get() : List.of();
        if (plan.isDestructive()) {
            confirm.ask(new Stake(plan.target(), plan.isProtected(), what(plan, command)));
        }
        expiry.accept(plan.target());
        RestoreOutcome outcome = restore.run(plan, command, database -> prepare(database, smoke));
        return new RestoreResult(outcome, afterRestore(outcome.target()));
    }

    /**
     * Finds out before anything is changed whether the application's command may be run afterwards.
     *
     * @throws PgkeepException CONFIG_UNTRUSTED
     */
    public void allowAfter() {
        steps.afterRestore().ifPresent(ConfiguredCommand::allow);
    }

    /** The application's command on a database that is restored; its exit status, 0 when there is none. */
    public int afterRestore(Target target) {
        Optional<ConfiguredCommand> after = steps.afterRestore();
        return after.isEmpty()
                ? 0
                : steps.commands()
                        .after("after-restore", after.get().allowed(), target, "the database itself is restored");
    }

    private void prepare(Target database, List<String> smoke) {
        steps.migrate().ifPresent(command -> steps.commands().require("migrate", command.allowed(), database));
        new Smoke(connector, progress).ask(database, smoke);
    }

    private static String what(RestorePlan plan, String command) {
        String database = plan.target().database();
        return command.equals(PastRuns.UNDO)
                ? "take " + database + " back"
                : switch (plan.way()) {
                    case REPLACE -> "replace " + database;
                    case DELTA -> "take " + database + " back";
                    case CREATE, CLEAN, FILL, ADD, ROWS -> "restore into " + database;
                };
    }
}
