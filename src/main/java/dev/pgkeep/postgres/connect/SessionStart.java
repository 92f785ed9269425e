package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How every session of ours begins, whatever {@code ALTER ROLE} and {@code ALTER DATABASE} say: without the time limits
 * that are meant for the application, and with a search path in which nobody but the system has objects, so that no
 * statement of ours finds an operator, a function, a view or a type that the owner of a database has put in its way.
 * Views of others are not opened at all, also not one that has just taken the place of a table, and CHECK constraints
 * are nothing to plan by: the planner would run what is constant in them.
 *
 * <p>The limits travel with the connection, since one of a millisecond would end the first statement. The path is set
 * by the first statement, which itself finds nothing by a path: a session for which the application's own path is right
 * gets it back with {@code SET search_path TO DEFAULT}, which it would not after a start with another one.
 *
 * @param major version of the server, 0 as long as it is unknown
 * @param options whether the other side takes settings along with the connection; poolers may not
 */
record SessionStart(int major, boolean options) {
    static final SessionStart UNKNOWN = new SessionStart(0, true);

    /** Temporary objects come last: a function of the application may have made some in this session. */
    private static final String PATH = "pg_catalog, pg_temp";

    /** A setting of minor versions since August 2024. */
    static final String NO_VIEWS = "restrict_nonsystem_relation_kind";

    private static final int OLDEST_SUPPORTED = 14;
    private static final int OLDER = 13;
    private static final int WITH_TRANSACTION_TIMEOUT = 17;

    private static final String NOT_A_PARAMETER = "42704";
    private static final String PROTOCOL_VIOLATION = "08P01";
    private static final String TRANSACTION_TIMEOUT = "25P04";

    private record Limit(String name, int since) {}

    private static final List<Limit> LIMITS = List.of(
            new Limit("statement_timeout", 0),
            new Limit("lock_timeout", 0),
            new Limit("idle_in_transaction_session_timeout", 0),
            new Limit("idle_session_timeout", OLDEST_SUPPORTED),
            new Limit("transaction_timeout", WITH_TRANSACTION_TIMEOUT));

    /** The same with a server that has greeted us. */
    SessionStart greetedBy(Connection connection) throws SQLException {
        return new SessionStart(connection.getMetaData().getDatabaseMajorVersion(), options);
    }

    /** What to try after a connection that failed; empty when it would fail again. */
    Optional<SessionStart> after(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (options
                && state.equals(PROTOCOL_VIOLATION)
                && ServerWords.line(failure).contains("startup parameter")) {
            return Optional.of(new SessionStart(major, false));
        }
        if (options && state.equals(NOT_A_PARAMETER) && major == 0) {
            return Optional.of(new SessionStart(OLDER, true));
        }
        if (options && state.equals(TRANSACTION_TIMEOUT) && major < WITH_TRANSACTION_TIMEOUT) {
            return Optional.of(new SessionStart(WITH_TRANSACTION_TIMEOUT, true));
        }
        return Optional.empty();
    }

    /**
     * What travels with a connection of ours, as libpq's {@code options} has it: the limits.
     *
     * @param given what the user has there; ours win
     */
    String driverOptions(String given) {
        return options ? joined(Stream.of(given), limits("-c %s=0")) : given;
    }

    /**
     * The same for PostgreSQL's own programs, which have no first statement of ours: the path, too.
     *
     * @param given what the user has there; ours win
     */
    String toolOptions(String given) {
        return options ? joined(Stream.of(given, "-c search_path=" + PATH.replace(" ", "")), limits("-c %s=0")) : given;
    }

    /**
     * The first statement of a session. It finds nothing by the search path.
     *
     * @param condition when to set anything
     * @return whether the condition held
     */
    boolean settle(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_catalog.set_config(name, value, false) FROM (VALUES"
                        + " ('search_path', '" + PATH + "', true), ('constraint_exclusion', 'off', true),"
                        + " ('" + NO_VIEWS + "', 'view', pg_catalog.current_setting('" + NO_VIEWS
                        + "', true) IS NOT NULL), "
                        + limits("('%s', '0', true)").collect(Collectors.joining(", "))
                        + ") AS s (name, value, known) WHERE known AND " + condition)) {
            return rows.next();
        }
    }

    private Stream<String> limits(String pattern) {
        int known = major == 0 ? OLDEST_SUPPORTED : major;
        return LIMITS.stream().filter(limit -> limit.since() <= known).map(limit -> pattern.formatted(limit.name()));
    }

    private static String joined(Stream<String> first, Stream<String> then) {
        return Stream.concat(first, then).filter(text -> !text.isBlank()).collect(Collectors.joining(" "));
    }
}
