package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.operation.run.SafetyBackup;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/**
 * A safety backup of which can be told beforehand whether it will load.
 *
 * @param backup makes it
 * @param wayBack rehearses it
 */
public record RehearsedSafetyBackup(SafetyBackup backup, WayBackRehearsal wayBack) implements SafetyBackup {
    @Override
    public String make(Target target) {
        return backup.make(target);
    }

    @Override
    public Optional<String> doubt(Target target) {
        return wayBack.doubt(target);
    }

    @Override
    public Optional<String> doubtAfterTheQuestion(Target target) {
        return wayBack.doubtAfterTheQuestion(target);
    }
}
