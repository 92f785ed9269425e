package dev.pgkeep.postgres.snapshot;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * An advisory lock on the name of a database, by which runs of pgkeep keep out of each other's way. It goes with its
 * session, so that a dead run holds none. All sessions must be connected to the same database to see each other's.
 */
public final class DatabaseLock {
    private static final String HOLDER = """
            select coalesce(nullif(a.application_name, ''), 'pgkeep') || ' (' ||
                   case when a.client_addr is null then 'local' else 'from ' || host(a.client_addr) end ||
                   ', connected since ' || to_char(a.backend_start at time zone 'UTC', 'HH24:MI:SS') || ' UTC)'
            from pg_locks l
            left join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory'
              and l.granted
              and l.objsubid = 1
              and l.database = (select oid from pg_database where datname = current_database())
              and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended(?, 0)""";

    private final Connection connection;
    private final String key;

    private DatabaseLock(Connection connection, String key) {
        this.connection = connection;
        this.key = key;
    }

    /** The lock of whoever creates, drops or fills the database. */
    public static DatabaseLock ofRestore(Connection connection, String database) {
        return new DatabaseLock(connection, "pgkeep " + database);
    }

    /** The lock of whoever runs a command that changes the database and may go back then. */
    public static DatabaseLock ofChange(Connection connection, String database) {
        return new DatabaseLock(connection, "pgkeep change " + database);
    }

    /** Takes the lock unless another session has it. */
    public boolean tryTake() {
        return ask("select pg_try_advisory_lock(hashtextextended(?, 0))::text")
                .filter("true"::equals)
                .isPresent();
    }

    /** Gives the lock back. */
    public void release() {
        ask("select pg_advisory_unlock(hashtextextended(?, 0))::text");
    }

    /** The holder of the lock, for people: what the session calls itself, and where it comes from. */
    public Optional<String> holder() {
        return ask(HOLDER);
    }

    private Optional<String> ask(String sql) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, key);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking who is at work on the database");
        }
    }
}
