package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.sql.SQLException;
import java.util.Optional;

/** Turns what the server answers to a statement into the one error family. */
public final class SqlErrors {
    private SqlErrors() {}

    /**
     * The failure in words of pgkeep.
     *
     * @param during what was being done, as the beginning of the message, for instance {@code counting rows of orders}
     */
    public static PgkeepException translate(SQLException failure, String during) {
        String state = ServerMessage.state(failure);
        String message = during + ": " + ServerMessage.line(failure);
        if (state.equals("42501") && message.contains("row-level security")) {
            return new PgkeepException(
                    ErrorCode.ROWS_HIDDEN,
                    message,
                    "connect as the owner of the table or as a role with BYPASSRLS, so that no row is left out",
                    failure);
        }
        ErrorCode code = code(state);
        return new PgkeepException(code, message, hint(state, failure), failure);
    }

    /**
     * The failure in words of pgkeep, for rows that nobody may see: without the details that the server tells of them,
     * and without a cause that holds these.
     */
    public static PgkeepException translateUnseen(SQLException failure, String during) {
        String state = ServerMessage.state(failure);
        // Errors of this class repeat the value in their first line already.
        String words =
                state.startsWith("22") ? "a value does not fit (SQLSTATE " + state + ")" : ServerMessage.bare(failure);
        return new PgkeepException(code(state), during + ": " + words, hint(state, failure));
    }

    /** Whether trying the same again later may work: locks, deadlocks, serialization, a server that restarts. */
    public static boolean isPassing(SQLException failure) {
        return switch (ServerMessage.state(failure)) {
            case "55P03", "40P01", "40001", "57P03", "53300", "55006" -> true;
            default -> false;
        };
    }

    /** Whether the statement itself, or what it calls, is at fault: not the connection, the server or somebody else. */
    public static boolean isOfStatement(SQLException failure) {
        String state = ServerMessage.state(failure);
        return !state.isEmpty() && "08 53 55 57 58 XX".indexOf(state.substring(0, 2)) < 0 && !isPassing(failure);
    }

    private static ErrorCode code(String state) {
        return switch (state) {
            case "53100" -> ErrorCode.DISK_FULL;
            case "42501" -> ErrorCode.RIGHTS_MISSING;
            case "25006" -> ErrorCode.SERVER_READ_ONLY;
            case "55P03", "55006", "40P01" -> ErrorCode.LOCK_BUSY;
            case "57P01", "57P02", "57P05", "57P03" -> ErrorCode.SERVER_LOST;
            case "3D000" -> ErrorCode.DATABASE_MISSING;
            case "28000", "28P01" -> ErrorCode.LOGIN_FAILED;
            case "53300" -> ErrorCode.SERVER_UNREACHABLE;
            case "42P04" -> ErrorCode.TARGET_EXISTS;
            default -> state.startsWith("08") ? ErrorCode.SERVER_LOST : ErrorCode.SQL_FAILED;
        };
    }

    private static String hint(String state, SQLException failure) {
        if (state.equals("53200") && String.valueOf(failure.getMessage()).contains("shared memory")) {
            return "a lock for every table has no room: raise max_locks_per_transaction and restart the server";
        }
        String own = ownHint(state);
        if (!own.isEmpty()) {
            return own;
        }
        Optional<String> function = ServerMessage.function(failure);
        if (function.isPresent() && (state.startsWith("42") || state.equals("3F000"))) {
            return "the function " + function.get() + " finds other things by the search path only: name them with"
                    + " their schema, or give it its own: ALTER FUNCTION … SET search_path = …";
        }
        String servers = ServerMessage.hint(failure).replaceAll("\\s*\\R\\s*", "; ");
        return servers.isEmpty() ? "the server's log may say more (SQLSTATE " + state + ")" : servers;
    }

    private static String ownHint(String state) {
        return switch (state) {
            case "53100" -> "free disk space on the database server, then run the same command again";
            case "53200" -> "the server ran out of memory: lower --jobs, or give it more";
            case "53300" -> "close idle connections, wait, or raise max_connections";
            case "42501" -> "use the owner of the objects or a superuser, or have the right granted";
            case "55P03" -> "another session holds the lock (pg_stat_activity shows it): try again when it is done";
            case "55006" -> "end the sessions that use it, or try again when they are gone";
            case "40P01", "40001" -> "two sessions stood in each other's way: run the same command again";
            case "57014" -> "the statement was cancelled or ran into statement_timeout";
            case "57P01", "57P02", "57P03", "57P05" ->
                "the server was stopped, restarted or ended the session: see its log";
            case "25006" ->
                "this server, or this role's sessions, can only read (a standby? default_transaction_read_only?): connect to the primary, or as a role that may write";
            case "42P04" -> "choose another name, or drop the database that has it first";
            default ->
                state.startsWith("08") ? "check that the server is up and the network holds, then run again" : "";
        };
    }
}
