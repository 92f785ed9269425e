package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import java.util.function.Consumer;

/**
 * The work on a restored database after it was loaded and compared, and before it gets its name and anybody can see it,
 * for instance migrations.
 */
@FunctionalInterface
public interface PostLoadHook {
    PostLoadHook NOTHING = target -> {};

    /** @throws PgkeepException when it failed, and the database should not be used */
    void run(Target database);

    /**
     * Whether the database must not get its name without it. Otherwise, where there is nothing to fall back to, it gets
     * its name even if this fails, and the failure is thrown then.
     */
    default boolean belongsToLoad() {
        return false;
    }

    /**
     * A hook that belongs to the load, as masking does: when it fails, the restore has failed. Only where a database is
     * created is there a moment for it; ways that load into one that is there leave it out.
     */
    static PostLoadHook partOfLoad(Consumer<Target> change) {
        return new PostLoadHook() {
            @Override
            public void run(Target database) {
                change.accept(database);
            }

            @Override
            public boolean belongsToLoad() {
                return true;
            }
        };
    }
}
