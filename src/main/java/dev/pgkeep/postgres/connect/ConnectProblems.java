package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains why a connection could not be made, by what the server answered. */
final class ConnectProblems {
    private final SQLException failure;
    private final Target target;
    private final Endpoint endpoint;

    private ConnectProblems(SQLException failure, Target target, Endpoint endpoint) {
        this.failure = failure;
        this.target = target;
        this.endpoint = endpoint;
    }

    static PgkeepException explain(SQLException failure, Target target, Endpoint endpoint, Duration timeout) {
        var problem = new ConnectProblems(failure, target, endpoint);
        return problem.answered().orElseGet(() -> NetworkProblems.explain(failure, target, endpoint, timeout));
    }

    static PgkeepException unknownHost(Target target, Endpoint endpoint, Exception cause) {
        return new PgkeepException(
                ErrorCode.SERVER_UNREACHABLE,
                "the host name " + endpoint.host() + " is not known",
                "check the host in " + target.origin()
                        + ", and that this machine's DNS, VPN or container network knows it",
                cause);
    }

    /** Explained by the state, when the server itself said no. */
    private Optional<PgkeepException> answered() {
        String state = ServerMessage.state(failure);
        @Nullable
        PgkeepException explained = switch (state) {
            case "28P01" -> wrongPassword();
            case "28000" -> notLetIn();
            case "3D000" -> databaseMissing();
            case "42501" -> noConnectRight();
            case "53300" -> tooMany();
            case "57P01", "57P02", "57P03" -> notReady();
            case "55000" -> closedDatabase();
            case "08004" -> rejected();
            case "08P01" -> ServerMessage.fromServer(failure) ? protocol() : null;
            case "22023", "42704", "42601" -> badSetting();
            default -> null;
        };
        return Optional.ofNullable(explained);
    }

    private PgkeepException wrongPassword() {
        if (target.password().isEmpty()) {
            return noPassword();
        }
        return error(
                ErrorCode.LOGIN_FAILED,
                server() + " refused the password of " + target.user(),
                "check user and password in " + target.origin()
                        + "; in a URL, characters like @ : / # % are written percent-encoded");
    }

    private PgkeepException noPassword() {
        return error(
                ErrorCode.LOGIN_FAILED,
                server() + " asks for the password of " + target.user() + " and none was given",
                "put it in the connection URL, in PGPASSWORD or in ~/.pgpass (mode 600)");
    }

    private PgkeepException notLetIn() {
        String words = ServerMessage.line(failure);
        if (words.contains("pg_hba.conf")) {
            boolean encrypted =
                    !target.parameters().getOrDefault("sslmode", "prefer").equals("disable");
            return error(
                    ErrorCode.LOGIN_FAILED,
                    server() + " lets no " + target.user() + " from this machine into " + target.database()
                            + " (no fitting line in its pg_hba.conf)",
                    encrypted
                            ? "have a line for this user, database and address added to pg_hba.conf, or connect from where it is allowed"
                            : "the server may want encryption: set sslmode=require; else a line in its pg_hba.conf is missing");
        }
        if (ServerMessage.routine(failure).equals("auth_failed")) {
            return error(
                    ErrorCode.LOGIN_FAILED,
                    server() + " does not accept this machine's user as " + target.user() + ": " + words,
                    endpoint.isUnixSocket()
                            ? "over a unix socket it wants the operating-system user of that name; use host=localhost and a password"
                            : "check how pg_hba.conf wants this user to log in");
        }
        return error(
                ErrorCode.LOGIN_FAILED,
                server() + " lets " + target.user() + " not in: " + words,
                "check the user in " + target.origin());
    }

    private PgkeepException databaseMissing() {
        return error(
                ErrorCode.DATABASE_MISSING,
                "there is no database " + target.database() + " on " + endpoint.describe(),
                DatabaseNames.hint(target.settledAt(endpoint, SessionStart.UNKNOWN)));
    }

    private PgkeepException noConnectRight() {
        return error(
                ErrorCode.LOGIN_FAILED,
                target.user() + " may not connect to " + target.database() + " on " + endpoint.describe(),
                "its owner can allow it: GRANT CONNECT ON DATABASE " + quoted(target.database()) + " TO "
                        + quoted(target.user()));
    }

    private PgkeepException tooMany() {
        return error(
                ErrorCode.SERVER_UNREACHABLE,
                server() + " takes no more connections: " + ServerMessage.line(failure),
                "close idle ones (pg_stat_activity shows them), wait, or raise max_connections");
    }

    private PgkeepException notReady() {
        return error(
                ErrorCode.SERVER_UNREACHABLE,
                server() + " is not ready: " + ServerMessage.line(failure),
                "wait a moment and try again; its log says how far it is");
    }

    private PgkeepException closedDatabase() {
        if (ServerMessage.routine(failure).equals("InitPostgres")) {
            return error(
                    ErrorCode.SERVER_UNSUPPORTED,
                    "the database " + target.database() + " on " + endpoint.describe()
                            + " is invalid: a DROP DATABASE was broken off",
                    "nothing in it can be read any more; finish what was begun: DROP DATABASE "
                            + quoted(target.database()));
        }
        return error(
                ErrorCode.LOGIN_FAILED,
                "the database " + target.database() + " on " + endpoint.describe() + " accepts no connections: "
                        + ServerMessage.line(failure),
                "ALTER DATABASE " + quoted(target.database()) + " ALLOW_CONNECTIONS true lets them in again");
    }

    /** The driver's own refusals: no password to answer with, or no encryption where it is asked for. */
    private PgkeepException rejected() {
        String words = ServerMessage.line(failure);
        if (words.contains("SSL")) {
            return error(
                    ErrorCode.SERVER_UNREACHABLE,
                    server() + " offers no encryption, and sslmode="
                            + target.parameters().getOrDefault("sslmode", "prefer") + " asks for it",
                    "turn on ssl at the server, or set sslmode=prefer when the network may be trusted");
        }
        if (target.password().isEmpty() && words.contains("password")) {
            return noPassword();
        }
        return error(ErrorCode.LOGIN_FAILED, server() + " refused the login: " + words, "check " + target.origin());
    }

    private PgkeepException protocol() {
        String words = ServerMessage.line(failure);
        // Poolers hand on what the server says, under a state of their own.
        if (words.contains("database \"" + target.database() + "\" does not exist")) {
            return databaseMissing();
        }
        return error(
                ErrorCode.LOGIN_FAILED,
                server() + " refused the connection: " + words,
                words.contains("startup parameter") || target.poolerSign().isPresent()
                        ? "this is a connection pooler; set DIRECT_URL to a direct connection"
                        : "check that host and port lead to PostgreSQL itself");
    }

    private PgkeepException badSetting() {
        return error(
                ErrorCode.CONNECTION_INVALID,
                server() + " refused a setting of the connection: " + ServerMessage.line(failure),
                "check options in " + target.origin() + " (and PGOPTIONS)");
    }

    private String server() {
        return "the server on " + endpoint.describe();
    }

    private PgkeepException error(ErrorCode code, String message, String hint) {
        return new PgkeepException(code, message, hint, failure);
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
