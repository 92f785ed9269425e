package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.List;
import java.util.Optional;

/** The end of a guarded run. */
public sealed interface GuardOutcome {
    /** The plan, looked at again under the lock. */
    GuardPlan plan();

    /** A run that did nothing, because nothing was pending. */
    record Idle(GuardPlan plan) implements GuardOutcome {}

    /** The command was run. */
    sealed interface Ended extends GuardOutcome {
        Ran ran();

        @Override
        default GuardPlan plan() {
            return ran().plan();
        }
    }

    /**
     * The command went well, and its check too.
     *
     * @param postBackup the backup afterwards, if one was wanted and could be made
     */
    record Done(Ran ran, Optional<Manifest> postBackup) implements Ended {}

    /**
     * The command failed, or its check, or somebody interrupted them.
     *
     * @param rollback how going back went, if it was wanted
     * @param failure what happened, and what the database is like now
     */
    record Failed(Ran ran, Optional<RolledBack> rollback, PgkeepException failure) implements Ended {}

    /**
     * The command that was run, and what it left.
     *
     * @param plan what was known before
     * @param safetyBackup the backup before
     * @param command how the command ended
     * @param check how the check ended, if there was one and the command was good
     * @param after what the command left; empty when nobody could look
     */
    record Ran(
            GuardPlan plan,
            Manifest safetyBackup,
            CommandResult command,
            Optional<CommandResult> check,
            Optional<DatabaseState> after) {
        /** The changes that the command made to the schema; empty when nobody could look. */
        public Optional<SchemaDifference> schemaChanges() {
            return after.map(look -> SchemaDifference.between(plan.before().schema(), look.schema()));
        }

        /** The changes that the command made to the database itself (owner, rights, settings), one line each. */
        public List<String> databaseChanges() {
            return after.map(look -> DatabaseChanges.between(plan.before().database(), look.database(), true))
                    .orElse(List.of());
        }
    }

    /**
     * The way back that the run has gone.
     *
     * @param tables tables whose content was compared with the safety backup
     * @param rows rows in them
     * @param safetyBackup the backup of what the command left, if one could be made
     * @param differences what is not as it was before, one line each; empty when it is proven
     * @param failure why it could not be done
     */
    record RolledBack(
            int tables,
            long rows,
            Optional<String> safetyBackup,
            List<String> differences,
            Optional<PgkeepException> failure) {
        public boolean isProven() {
            return failure.isEmpty() && differences.isEmpty();
        }
    }
}
