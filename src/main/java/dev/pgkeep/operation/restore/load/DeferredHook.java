package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import org.jspecify.annotations.Nullable;

/**
 * What is done once after a load, and its failure, which waits until the database has its name: a restored database
 * that could not be migrated is better than none.
 */
public final class DeferredHook {
    private final PostLoadHook afterLoad;
    private boolean done;
    private @Nullable PgkeepException failure;

    public DeferredHook(PostLoadHook afterLoad) {
        this.afterLoad = afterLoad;
    }

    public void run(Target database) {
        if (done) {
            return;
        }
        done = true;
        try {
            afterLoad.run(database);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            failure = e;
        }
    }

    public void orThrow() {
        if (failure != null) {
            throw failure.during("the database is restored");
        }
    }
}
