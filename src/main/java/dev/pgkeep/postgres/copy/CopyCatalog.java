package dev.pgkeep.postgres.copy;

import java.sql.Connection;
import java.util.List;

/** Which tables have rows that belong to a backup, and how they are to be read. */
public final class CopyCatalog {
    private CopyCatalog() {}

    /**
     * Every table whose rows pg_dump would dump, as the connection's snapshot sees them, largest first. To be called on
     * the session that holds the snapshot (its encoding UTF8), before {@link TableLocks#take}.
     *
     * @throws dev.pgkeep.error.PgkeepException when the connection is lost
     */
    public static List<CopyTable> read(Connection connection) {
        throw new UnsupportedOperationException();
    }
}
