package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens connections as libpq would: hosts in order, every address of a host, {@code target_session_attrs}, at most
 * {@code connect_timeout} seconds each (10 when not given, 0 for no limit).
 */
public final class Connector {
    /** The driver logs what it also throws; kept here, as loggers are forgotten when nobody holds them. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final OpenConnections open;
    private volatile @Nullable String serverVersion;

    /** A connector for short errands that nobody interrupts. */
    public Connector() {
        this(new Cancellation());
    }

    /**
     * A connector of a run: once that is cancelled, whoever uses a connection has a few seconds to tidy up; then it is
     * torn.
     */
    public Connector(Cancellation cancellation) {
        this.open = new OpenConnections(cancellation);
    }

    /** The failures so far, of which the first is told in the end. */
    private static final class Failures {
        private @Nullable PgkeepException first;

        void add(PgkeepException failure) {
            if (first == null) {
                first = failure;
            } else {
                first.addSuppressed(failure);
            }
        }

        PgkeepException told(Target target) {
            if (first == null) {
                return new PgkeepException(
                        ErrorCode.SERVER_UNREACHABLE,
                        "no server at " + target.describeServer() + " could be reached",
                        "check host and port in " + target.origin());
            }
            return target.endpoints().size() < 2
                    ? first
                    : first.during("none of " + target.describeServer() + " could be used");
        }
    }

    private record Reached(Connection connection, Endpoint endpoint) {}

    /**
     * The beginnings of sessions on each server, as far as they are known; what is not is found out by the first of
     * them.
     */
    private final Map<Endpoint, SessionStart> starts = new ConcurrentHashMap<>();

    /**
     * A connection in autocommit mode. The caller closes it.
     *
     * @throws PgkeepException {@code SERVER_UNREACHABLE}, {@code LOGIN_FAILED}, {@code DATABASE_MISSING} or
     *     {@code CONNECTION_INVALID}
     */
    public Connection open(Target target, String applicationName) {
        return reach(target, applicationName).connection();
    }

    /**
     * A connection to a database that is not the target's own ({@code postgres}, else {@code template1}), for creating,
     * dropping and renaming databases.
     */
    public Connection openBeside(Target target, String applicationName) {
        List<String> others = List.of("postgres", "template1").stream()
                .filter(name -> !name.equals(target.database()))
                .toList();
        PgkeepException failure = null;
        for (String other : others) {
            try {
                return open(target.withDatabase(other), applicationName);
            } catch (PgkeepException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new IllegalStateException("no database beside the target") : failure;
    }

    /**
     * The target with the one server that answers now, so that children and later connections use the same one.
     *
     * @throws PgkeepException as {@link #open}
     */
    public Target settle(Target target) {
        Reached reached = reach(target, "pgkeep");
        close(reached.connection());
        return target.settledAt(reached.endpoint(), startAt(reached.endpoint()));
    }

    /**
     * A session, and the target with the one server that it is on.
     *
     * @param target the target, so that children and later connections use the same server
     * @param connection in autocommit mode
     */
    public record Settled(Target target, Connection connection) {}

    /**
     * As {@link #settle}, and the connection that found out; the caller closes it.
     *
     * @throws PgkeepException as {@link #open}
     */
    public Settled openSettled(Target target, String applicationName) {
        Reached reached = reach(target, applicationName);
        return new Settled(target.settledAt(reached.endpoint(), startAt(reached.endpoint())), reached.connection());
    }

    /** What the last server that was reached says it is, for instance {@code 15.18}. */
    public Optional<String> serverVersion() {
        return Optional.ofNullable(serverVersion);
    }

    private Reached reach(Target target, String applicationName) {
        SessionRole role = SessionRole.of(target);
        var failures = new Failures();
        Optional<Reached> reached = firstThatFits(target, applicationName, role, failures);
        if (reached.isEmpty() && role == SessionRole.PREFER_STANDBY) {
            reached = firstThatFits(target, applicationName, SessionRole.ANY, failures);
        }
        return reached.orElseThrow(() -> failures.told(target));
    }

    private Optional<Reached> firstThatFits(
            Target target, String applicationName, SessionRole role, Failures failures) {
        for (Endpoint endpoint : target.endpoints()) {
            for (Endpoint place : places(endpoint, target, failures)) {
                try {
                    Connection connection = connect(target, place, applicationName);
                    if (fits(connection, role)) {
                        return Optional.of(new Reached(connection, place));
                    }
                    close(connection);
                    failures.add(unsuitable(place, role));
                } catch (PgkeepException e) {
                    // Like libpq: a server that answers and says no ends the search.
                    if (e.code() != ErrorCode.SERVER_UNREACHABLE) {
                        throw e;
                    }
                    failures.add(e);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The places of a name, one per address when it has several, so that all are tried and the one that answered is
     * kept.
     */
    private static List<Endpoint> places(Endpoint endpoint, Target target, Failures failures) {
        if (endpoint.isUnixSocket() || endpoint.address().isPresent()) {
            return List.of(endpoint);
        }
        try {
            InetAddress[] addresses = InetAddress.getAllByName(endpoint.host());
            if (addresses.length == 1) {
                return List.of(endpoint);
            }
            return Arrays.stream(addresses)
                    .map(InetAddress::getHostAddress)
                    .map(address -> new Endpoint(endpoint.host(), endpoint.port(), Optional.of(address)))
                    .toList();
        } catch (UnknownHostException e) {
            failures.add(ConnectProblems.unknownHost(target, endpoint, e));
            return List.of();
        }
    }

    private Connection connect(Target target, Endpoint endpoint, String applicationName) {
        open.check();
        Duration timeout = timeout(target);
        try {
            InetAddress address = endpoint.address().isPresent()
                    ? InetAddress.getByName(endpoint.address().get())
                    : null;
            Starting starting = start -> opened(
                    DriverSettings.url(target, endpoint),
                    DriverSettings.properties(target, endpoint, address, applicationName, timeout, start));
            Connection connection = started(starting, endpoint);
            // The time limit is for connecting only: what follows may take hours.
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        } catch (UnknownHostException e) {
            throw ConnectProblems.unknownHost(target, endpoint, e);
        } catch (SQLException e) {
            throw ConnectProblems.explain(e, target, endpoint, timeout);
        }
    }

    private interface Starting {
        Connection with(SessionStart start) throws SQLException;
    }

    private static Connection opened(String url, Properties properties) throws SQLException {
        Connection connection = new Driver().connect(url, properties);
        if (connection == null) {
            throw new IllegalStateException("the driver refused its own URL");
        }
        return connection;
    }

    private SessionStart startAt(Endpoint endpoint) {
        return starts.getOrDefault(endpoint, SessionStart.UNKNOWN);
    }

    /** A session as it should be; begun once more where the other side does not take what it was begun with. */
    private Connection started(Starting starting, Endpoint endpoint) throws SQLException {
        SessionStart start = startAt(endpoint);
        while (true) {
            try {
                Connection connection = starting.with(start);
                open.add(connection);
                serverVersion = connection.getMetaData().getDatabaseProductVersion();
                SessionStart greeted = start.greetedBy(connection);
                settle(connection, greeted, endpoint, starting);
                starts.put(endpoint, greeted);
                return connection;
            } catch (SQLException e) {
                Optional<SessionStart> other = start.after(e);
                if (other.isEmpty()) {
                    throw e;
                }
                start = other.get();
            }
        }
    }

    /** The session is our own, and begins as every one of ours; else the connection is closed. */
    private static void settle(Connection connection, SessionStart start, Endpoint endpoint, Starting starting)
            throws SQLException {
        boolean usable = false;
        try {
            if (!TransactionPoolingCheck.begin(connection, start)) {
                TransactionPoolingCheck.refuse(connection, start, () -> starting.with(start), endpoint);
            }
            usable = true;
        } finally {
            if (!usable) {
                close(connection);
            }
        }
    }

    private static Duration timeout(Target target) {
        String text = target.parameters().get("connect_timeout");
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        try {
            return Duration.ofSeconds(Math.clamp(Long.parseLong(text.strip()), 0, 1_000_000));
        } catch (NumberFormatException e) {
            throw InvalidConnection.of("connect_timeout is not a number of seconds", "for instance connect_timeout=10");
        }
    }

    private static boolean fits(Connection connection, SessionRole role) {
        try {
            return role.fits(connection);
        } catch (SQLException e) {
            close(connection);
            throw SqlErrors.translate(e, "asking the server for its role");
        }
    }

    private static PgkeepException unsuitable(Endpoint endpoint, SessionRole role) {
        return new PgkeepException(
                ErrorCode.SERVER_UNREACHABLE,
                "the server on " + endpoint.describe() + " is not " + role.text(),
                "target_session_attrs=" + role.text() + " asks for another server; take it out to use this one");
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It served its purpose; nothing depends on how it ends.
        }
    }
}
