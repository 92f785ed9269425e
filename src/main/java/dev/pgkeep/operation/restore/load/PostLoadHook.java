package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;

/** What is to be done with a restored database before it gets its name, for instance migrations. */
@FunctionalInterface
public interface PostLoadHook {
    PostLoadHook NOTHING = target -> {};

    /** @throws PgkeepException when it failed, and the database should not be used */
    void run(Target database);
}
