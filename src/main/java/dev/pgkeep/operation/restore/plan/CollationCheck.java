package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.postgres.catalog.CollationVersions;
import java.sql.Connection;
import java.util.Optional;

/** Finds that template0 is of another collation version than the server's libraries: no database can be made of it. */
public final class CollationCheck {
    private CollationCheck() {}

    /** @param beside a connection to the server, not necessarily to the target */
    public static Optional<Finding> find(Connection beside) {
        return new CollationVersions(beside)
                .ofTemplate()
                .map(each -> Finding.blocking(
                        each.text() + ": no database can be created from it",
                        "as its owner, after a REINDEX if somebody put something into it: ALTER DATABASE template0"
                                + " REFRESH COLLATION VERSION"));
    }
}
