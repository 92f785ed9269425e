package dev.pgkeep.postgres.snapshot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Finds who keeps others from reading a table of this database right now. */
public final class LockHolders {
    private static final String HOLDER = """
            SELECT n.nspname || '.' || c.relname, a.pid, a.usename,
                   left(regexp_replace(coalesce(a.query, ''), '\\s+', ' ', 'g'), 80)
            FROM pg_locks l
            JOIN pg_class c ON c.oid = l.relation
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.granted AND l.mode = 'AccessExclusiveLock' AND c.relkind IN ('r', 'p', 'm', 'S', 'v', 'f')
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND n.nspname !~ '^pg_' AND a.pid <> pg_backend_pid()
            ORDER BY c.relkind IN ('r', 'p') DESC, a.xact_start, 1 LIMIT 1""";

    private LockHolders() {}

    /**
     * The holder of a lock, for instance {@code public.orders is locked by “ALTER TABLE …” of app (pid 4711)}; empty
     * when nobody is left.
     */
    public static Optional<String> describe(Connection connection) {
        try (PreparedStatement statement = connection.prepareStatement(HOLDER);
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(row.getString(1) + " is locked by "
                            + new LockConflictMonitor.Waiting(
                                    row.getInt(2), String.valueOf(row.getString(3)), row.getString(4)))
                    : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
