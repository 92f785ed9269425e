package dev.pgkeep.postgres.admin;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.snapshot.DatabaseLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A session beside the target, from which databases are created, renamed and dropped. Whole-database work is guarded by
 * advisory locks on database names: they go with the session, so that what a dead run left behind can be told from what
 * a running one is at.
 */
public final class ServerSession implements AutoCloseable {
    private final Connector connector;
    private final Target target;
    private final Connection connection;

    private ServerSession(Connector connector, Target target, Connection connection) {
        this.connector = connector;
        this.target = target;
        this.connection = connection;
    }

    public static ServerSession open(Connector connector, Target target) {
        return new ServerSession(connector, target, connector.openBeside(target, "pgkeep"));
    }

    /** A session in the target itself, for roles that may connect nowhere else. */
    public static ServerSession inside(Connector connector, Target target) {
        return new ServerSession(connector, target, connector.open(target, "pgkeep"));
    }

    public Connection connection() {
        return connection;
    }

    /**
     * Keeps other runs of pgkeep away from a database that is about to be changed.
     *
     * @throws PgkeepException LOCK_BUSY, SERVER_READ_ONLY
     */
    public void lock(String database) {
        Writable.require(connection);
        DatabaseLock lock = DatabaseLock.ofRestore(connection, database);
        if (!lock.tryTake()) {
            throw new PgkeepException(
                    ErrorCode.LOCK_BUSY,
                    "another run of pgkeep is at work on " + database + " right now: "
                            + lock.holder().orElse("it has just ended"),
                    "wait until it has ended");
        }
    }

    /** Locks a database by name, where it is no error that another run is at work there. */
    public boolean tryLock(String database) {
        return DatabaseLock.ofRestore(connection, database).tryTake();
    }

    /** A name for a database that is not there for good, locked so that nobody takes it for a leftover. */
    public String reserveName(String database, String purpose) {
        String name = TemporaryDatabaseName.of(
                database, purpose, ThreadLocalRandom.current().nextInt());
        lock(name);
        return name;
    }

    /** The given name, or one like it with a later second when it is taken. */
    public String freeName(String kept) {
        String name = kept;
        for (int second = 0; exists(name); second++) {
            name = kept.substring(0, kept.length() - 2) + String.format(Locale.ROOT, "%02d", second);
        }
        return name;
    }

    /** Drops databases that killed runs left behind; one line for each. One that stays is no reason not to go on. */
    public List<String> dropLeftovers() {
        Writable.require(connection, "; or restore it on a server of its own: --on temporary");
        List<String> lines = new ArrayList<>();
        for (String name : leftovers()) {
            if (DatabaseLock.ofRestore(connection, name).tryTake()) {
                lines.add(dropLeftover(name));
            }
        }
        return lines;
    }

    private String dropLeftover(String name) {
        try {
            dropPassing(name);
            return "dropped " + name + ", which an interrupted run left behind";
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.SERVER_UNREACHABLE) {
                throw e;
            }
            return name + ", which an interrupted run left behind, could not be dropped (" + e.getMessage() + ")";
        }
    }

    /** Drops a database that pgkeep made as {@link #drop} does: what it subscribes to, it does only by name. */
    public void dropPassing(String database) {
        if (!Subscriptions.of(connection, database).isEmpty()) {
            Subscriptions.dropAll(connector, target.withDatabase(database));
        }
        drop(database);
    }

    /**
     * Ends all connections to a database and drops it. The server locks the database for that, so that new connections
     * wait until it is gone. (Forbidding connections by a setting would outlive a run that is killed in between.)
     */
    public void drop(String database) {
        String drop = "DROP DATABASE " + Sql.identifier(database);
        noTemplate(database);
        try {
            execute(drop + " WITH (FORCE)");
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.RIGHTS_MISSING) {
                throw e;
            }
            // While autovacuum works there, only superusers may force. Without force the server ends it by itself.
            endSessions(database);
            execute(drop);
        }
    }

    /** The server drops no template, not even one whose successor is to be a template again. */
    private void noTemplate(String database) {
        if (!query("SELECT datname FROM pg_database WHERE datname = ? AND datistemplate", database)
                .isEmpty()) {
            execute("ALTER DATABASE " + Sql.identifier(database) + " IS_TEMPLATE false");
        }
    }

    private void endSessions(String database) {
        query(
                "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity"
                        + " WHERE datname = ? AND backend_type = 'client backend'",
                database);
    }

    public void rename(String from, String to) {
        execute("ALTER DATABASE " + Sql.identifier(from) + " RENAME TO " + Sql.identifier(to));
    }

    public boolean exists(String database) {
        return !query("SELECT datname FROM pg_database WHERE datname = ?", database)
                .isEmpty();
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Its locks go with it either way.
        }
    }

    private List<String> leftovers() {
        return query(
                "SELECT d.datname FROM pg_database d WHERE d.datname ~ ('^' || ? || '$')"
                        + " AND pg_has_role(d.datdba, 'USAGE')",
                TemporaryDatabaseName.PATTERN);
    }

    private List<String> query(String sql, String parameter) {
        try {
            return CatalogNames.ask(connection, sql, parameter);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the databases of the server");
        }
    }
}
