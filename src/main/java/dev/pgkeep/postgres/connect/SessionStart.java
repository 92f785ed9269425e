package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * The beginning of every session of ours, whatever {@code ALTER ROLE} and {@code ALTER DATABASE} say: without the time
 * limits that are meant for the application; with a search path in which nobody but the system has objects, so that no
 * statement of ours finds an operator, a function, a view or a type that the owner of a database has put in its way;
 * and with all other {@link SessionSettings}. Views of others are not opened at all, also not one that has just taken
 * the place of a table.
 *
 * <p>The limits travel with the connection, since one of a millisecond would end the first statement. The rest is set
 * by the first statement, which itself finds nothing by a path and depends on no setting: a session for which the
 * application's own are right gets them back with {@code SET … TO DEFAULT}, which it would not after a start with
 * others.
 *
 * @param major version of the server, 0 as long as it is unknown
 * @param options whether the other side takes settings along with the connection; poolers may not
 * @param superuser whether the role is one, as the server said when it greeted us
 */
record SessionStart(int major, boolean options, boolean superuser) {
    static final SessionStart UNKNOWN = new SessionStart(0, true, false);

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

    /** This beginning with a server that has greeted us. */
    SessionStart greetedBy(Connection connection) throws SQLException {
        return new SessionStart(
                connection.getMetaData().getDatabaseMajorVersion(),
                options,
                "on".equals(connection.unwrap(PGConnection.class).getParameterStatus("is_superuser")));
    }

    /** The beginning to try after a connection that failed; empty when it would fail again. */
    Optional<SessionStart> after(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (options
                && state.equals(PROTOCOL_VIOLATION)
                && ServerMessage.line(failure).contains("startup parameter")) {
            return Optional.of(new SessionStart(major, false, superuser));
        }
        if (options && state.equals(NOT_A_PARAMETER) && major == 0) {
            return Optional.of(new SessionStart(OLDER, true, superuser));
        }
        if (options && state.equals(TRANSACTION_TIMEOUT) && major < WITH_TRANSACTION_TIMEOUT) {
            return Optional.of(new SessionStart(WITH_TRANSACTION_TIMEOUT, true, superuser));
        }
        return Optional.empty();
    }

    /**
     * The options that travel with a connection of ours, as libpq's {@code options} has them: the limits.
     *
     * @param given what the user has there; ours win
     */
    String driverOptions(String given) {
        return options ? joined(Stream.of(given), limits("-c %s=0")) : given;
    }

    /**
     * The options for PostgreSQL's own programs that read for us, and have no first statement of ours: everything.
     *
     * @param given what the user has there; ours win
     */
    String readingOptions(String given) {
        return toolOptions(given, SessionSettings.ours(known(), superuser));
    }

    /**
     * The options for programs that load what was read before.
     *
     * @param given what the user has there; ours win
     * @param moneyLocale under which money in it was printed; empty where nobody knows
     */
    String loadingOptions(String given, Optional<String> moneyLocale) {
        return toolOptions(given, SessionSettings.forLoading(known(), superuser, moneyLocale));
    }

    private String toolOptions(String given, Map<String, String> settings) {
        return options ? joined(Stream.of(given, SessionSettings.options(settings)), limits("-c %s=0")) : given;
    }

    /**
     * The first statement of a session. It finds nothing by the search path.
     *
     * @param condition when to set anything
     * @return whether the condition held
     */
    boolean settle(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_catalog.set_config(name, value, false) FROM (VALUES "
                        + Stream.concat(limits("('%s', '0', true)"), settings()).collect(Collectors.joining(", "))
                        + ", ('" + NO_VIEWS + "', 'view', pg_catalog.current_setting('" + NO_VIEWS
                        + "', true) IS NOT NULL)"
                        + ") AS s (name, value, known) WHERE known AND " + condition)) {
            return rows.next();
        }
    }

    private Stream<String> settings() {
        return SessionSettings.ours(known(), superuser).entrySet().stream()
                .map(each -> "('" + each.getKey() + "', " + SessionSettings.quoted(each.getValue()) + ", true)");
    }

    private int known() {
        return major == 0 ? OLDEST_SUPPORTED : major;
    }

    private Stream<String> limits(String pattern) {
        return LIMITS.stream().filter(limit -> limit.since() <= known()).map(limit -> pattern.formatted(limit.name()));
    }

    private static String joined(Stream<String> first, Stream<String> then) {
        return Stream.concat(first, then).filter(text -> !text.isBlank()).collect(Collectors.joining(" "));
    }
}
