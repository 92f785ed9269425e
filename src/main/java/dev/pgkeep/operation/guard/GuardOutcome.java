package dev.pgkeep.operation.guard;

import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.List;
import java.util.Optional;

/**
 * How a guarded run ended.
 *
 * @param plan what was known before, looked at again under the lock
 * @param safetyBackup the backup before; empty only when nothing was run
 * @param command how the command ended; empty when nothing was pending
 * @param check how the check ended, if there was one and the command was good
 * @param after what the command left; empty when nobody could look
 * @param rollback how going back went, if it was wanted and needed
 * @param postBackup the backup afterwards, if one was wanted
 * @param failure why the run as a whole failed; empty when all is well
 */
public record GuardOutcome(
        GuardPlan plan,
        Optional<Manifest> safetyBackup,
        Optional<CommandResult> command,
        Optional<CommandResult> check,
        Optional<DatabaseState> after,
        Optional<RolledBack> rollback,
        Optional<Manifest> postBackup,
        Optional<PgkeepException> failure) {

    /**
     * Going back.
     *
     * @param tables tables whose content was compared with the safety backup
     * @param rows rows in them
     * @param safetyBackup the backup of what the command left, if one could be made
     * @param differences what is not as it was before, one line each; empty when it is proven
     * @param failure why it could not be done
     */
    public record RolledBack(
            int tables,
            long rows,
            Optional<String> safetyBackup,
            List<String> differences,
            Optional<PgkeepException> failure) {
        public boolean isProven() {
            return failure.isEmpty() && differences.isEmpty();
        }
    }

    /** Whether nothing was pending, so that nothing was done. */
    public boolean isIdle() {
        return command.isEmpty();
    }

    /** How the command changed the schema; empty when nobody could look. */
    public Optional<SchemaDifference> schemaChanges() {
        return after.map(look -> SchemaDifference.between(plan.before().schema(), look.schema()));
    }

    /** How the command changed the database itself (owner, rights, settings), one line each. */
    public List<String> databaseChanges() {
        return after.map(look -> DatabaseChanges.between(plan.before().database(), look.database(), true))
                .orElse(List.of());
    }
}
