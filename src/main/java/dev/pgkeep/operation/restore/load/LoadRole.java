package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.admin.CatalogNames;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Secret;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.snapshot.DatabaseLock;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/**
 * A login for the time of one load, that may do what an ordinary role may and nothing else. A session that began as a
 * superuser could not be held back: {@code RESET ROLE} and {@code SET SESSION AUTHORIZATION DEFAULT}, also from inside
 * a function, give everything back to it. So sessions begin as a role of their own, which is a member of the wanted one
 * and acts as it; whatever is reset in them, that is what they fall back to.
 *
 * <p>It has a random password, is dropped at the end, and what a killed run left behind is dropped by the next one.
 */
public final class LoadRole implements AutoCloseable {
    private static final String PREFIX = "pgkeep_load_";
    private static final String PATTERN = PREFIX + "[0-9a-f]{16}";
    private static final int PASSWORD_BYTES = 32;

    private final Connection keeper;
    private final String database;
    private final String role;
    private final String name;
    private final Secret password;
    private final SettingsBefore before;

    private LoadRole(Connection keeper, String database, String role, String name, Secret password)
            throws SQLException {
        this.keeper = keeper;
        this.database = database;
        this.role = role;
        this.name = name;
        this.password = password;
        this.before = SettingsBefore.of(keeper, database, role, name);
    }

    /**
     * Makes a role to load with.
     *
     * @param target the server and its superuser
     * @param database that is going to be loaded
     * @param role what is to be acted as
     */
    static LoadRole make(Connector connector, Target target, String database, String role) {
        Connection keeper = TargetServer.open(connector, target);
        SecureRandom random = new SecureRandom();
        byte[] mark = new byte[8];
        random.nextBytes(mark);
        String name = PREFIX + HexFormat.of().formatHex(mark);
        byte[] secret = new byte[PASSWORD_BYTES];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        try {
            dropLeftovers(keeper);
            DatabaseLock.ofRestore(keeper, name).tryTake();
            execute(keeper, "CREATE ROLE " + name + " LOGIN IN ROLE " + Sql.identifier(role));
            // The driver makes the verifier, so that no log of the server sees the password.
            keeper.unwrap(PGConnection.class).alterUserPassword(name, password.toCharArray(), null);
            execute(keeper, "ALTER ROLE " + name + " SET role = " + Sql.literal(role));
            return new LoadRole(keeper, database, role, name, new Secret(password));
        } catch (SQLException e) {
            SessionTermination.close(keeper);
            throw SqlErrors.translate(e, "making a login that acts as " + role);
        }
    }

    /** Makes one, has it log in, and drops it: before anything is destroyed. */
    public static void rehearse(Connector connector, Target target, String database, String role) {
        try (LoadRole passing = make(connector, target, database, role)) {
            SessionTermination.close(passing.open(connector, target.withDatabase(database)));
        }
    }

    /** The way into a database as this role. */
    Target login(Target there) {
        TreeMap<String, String> parameters = new TreeMap<>(there.parameters());
        // Those would be the superuser's own.
        parameters.remove("sslcert");
        parameters.remove("sslkey");
        return new Target(there.endpoints(), there.database(), name, Optional.of(password), parameters, there.origin());
    }

    /** @throws PgkeepException LOGIN_FAILED when the server lets no such login in */
    Connection open(Connector connector, Target there) {
        try {
            return connector.open(login(there), "pgkeep");
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.LOGIN_FAILED) {
                throw e;
            }
            throw new PgkeepException(
                    ErrorCode.LOGIN_FAILED,
                    "--as " + role
                            + " needs a login of its own for the time of the restore, and the server does not let"
                            + " it in: " + e.getMessage(),
                    "have pg_hba.conf take passwords (scram-sha-256) from here, connect over TCP instead of a socket, or"
                            + " give " + role + " a password and restore with a connection as that role",
                    e);
        }
    }

    /**
     * Gives away what became this login's own, and takes back what was set for the database and the role: the next
     * session of a superuser would begin with it.
     *
     * @param notes receives a line for each setting
     */
    void handOver(Connector connector, Target there, Collection<String> notes) {
        try (Connection inside = open(connector, there);
                Statement statement = inside.createStatement()) {
            statement.execute("SET ROLE NONE");
            statement.execute("REASSIGN OWNED BY " + name + " TO " + Sql.identifier(role));
            statement.execute("DROP OWNED BY " + name);
        } catch (SQLException e) {
            notes.add("what belongs to " + name + " could not be given to " + role + " (" + e.getMessage() + ")");
        }
        try {
            before.putBack(keeper, notes);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "taking back the settings of " + database);
        }
    }

    private static void dropLeftovers(Connection keeper) throws SQLException {
        for (String left : CatalogNames.ask(
                keeper, "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname ~ ('^' || ? || '$')", PATTERN)) {
            DatabaseLock lock = DatabaseLock.ofRestore(keeper, left);
            if (lock.tryTake()) {
                drop(keeper, left);
                lock.release();
            }
        }
    }

    /** Drops a role; one that owns something somewhere stays, but nobody can log in with it. */
    private static void drop(Connection keeper, String name) throws SQLException {
        try {
            execute(keeper, "DROP ROLE " + name);
        } catch (SQLException e) {
            execute(keeper, "ALTER ROLE " + name + " NOLOGIN PASSWORD NULL");
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            // Nobody may be left inside as this role.
            CatalogNames.ask(
                    keeper,
                    "SELECT pg_catalog.pg_terminate_backend(pid)::text FROM pg_catalog.pg_stat_activity"
                            + " WHERE usename = ?",
                    name);
            drop(keeper, name);
        } catch (SQLException e) {
            // The next run with --as drops it.
        } finally {
            SessionTermination.close(keeper);
        }
    }
}
