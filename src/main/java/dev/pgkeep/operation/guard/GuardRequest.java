package dev.pgkeep.operation.guard;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandPlace;
import java.time.Duration;
import java.util.Optional;

/**
 * The wishes of the user about a guarded run.
 *
 * @param name how the history names the run: {@code migrate} or {@code guard}
 * @param undo the line that a user types to go back
 * @param safety kind of the backup before
 * @param command what is run
 * @param place where it is run
 * @param check says by its exit status whether all is well afterwards
 * @param checkPlace where that is run
 * @param limit how long the command may take, and the check too
 * @param rollback whether a failure takes the database back
 * @param after kind of the backup that is made afterwards, if one is wanted
 * @param always whether the command is run although no migration is pending
 * @param waits whether to wait for another run on the same database
 */
public record GuardRequest(
        String name,
        String undo,
        Kind safety,
        ApplicationCommand command,
        CommandPlace place,
        Optional<ApplicationCommand> check,
        CommandPlace checkPlace,
        Optional<Duration> limit,
        boolean rollback,
        Optional<Kind> after,
        boolean always,
        boolean waits) {
    /** Whether the run is about migrations, so that it may turn out that there is nothing to do. */
    public boolean isMigration() {
        return name.equals(MIGRATE);
    }

    /** The name of a run of migrations. */
    public static final String MIGRATE = "migrate";

    /** The name of any other guarded run. */
    public static final String GUARD = "guard";
}
