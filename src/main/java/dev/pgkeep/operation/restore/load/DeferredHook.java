package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.run.RunOutcome;
import dev.pgkeep.operation.run.RunOutcome.Changed;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.postgres.connect.Target;
import org.jspecify.annotations.Nullable;

/**
 * A hook that is run once after a load, and whose failure waits until the database has its name: a restored database
 * that could not be migrated is better than none.
 */
public final class DeferredHook {
    private final PostLoadHook hook;
    private boolean done;
    private @Nullable PgkeepException failure;

    public DeferredHook(PostLoadHook hook) {
        this.hook = hook;
    }

    /** Whether the database must not get its name without it: then a failure does not wait. */
    public boolean belongsToLoad() {
        return hook.belongsToLoad();
    }

    public void run(Target database) {
        if (done) {
            return;
        }
        done = true;
        try {
            hook.run(database);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.INTERRUPTED || belongsToLoad()) {
                throw e;
            }
            failure = e;
        }
    }

    /** The outcome of the restore: done, or done and not all that was to be done with it. */
    public <T> RunOutcome<T> outcome(T restored) {
        return failure == null ? new Done<>(restored) : new Changed<>(failure.during("the database is restored"));
    }
}
