package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the backup that undo goes back to, and without which nothing is changed. */
@FunctionalInterface
public interface SafetyBackup {
    /** Backs up that database and returns the backup's name; throws when it could not. */
    String make(Target target);

    /**
     * What of such a backup would not load, in one line, told before anything is asked; empty where all of it would, or
     * where nobody can tell.
     */
    default Optional<String> doubt(Target target) {
        return Optional.empty();
    }

    /**
     * What of such a backup would not load, also where finding out runs code of the database: somebody has been asked.
     */
    default Optional<String> doubtAfterTheQuestion(Target target) {
        return Optional.empty();
    }

    /**
     * Makes a safety backup; a failure also says that nothing has happened yet.
     *
     * @param nothing as {@code nothing was deleted}
     * @throws PgkeepException SAFETY_BACKUP_FAILED, INTERRUPTED
     */
    default String before(Target target, String nothing) {
        return orNothing(() -> make(target), nothing);
    }

    /** Runs what makes a safety backup, with the words of {@link #before} where it fails. */
    static <T> T orNothing(Supplier<T> backup, String nothing) {
        try {
            return backup.get();
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e.during(nothing);
            }
            throw new PgkeepException(
                    ErrorCode.SAFETY_BACKUP_FAILED,
                    "the safety backup failed, so " + nothing + ": " + e.getMessage(),
                    e.hint(),
                    e);
        }
    }
}
