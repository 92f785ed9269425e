package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains why a connection could not be made, when it is the way to the server that failed. */
final class NetworkProblems {
    private final SQLException failure;
    private final Target target;
    private final Endpoint endpoint;

    private NetworkProblems(SQLException failure, Target target, Endpoint endpoint) {
        this.failure = failure;
        this.target = target;
        this.endpoint = endpoint;
    }

    static PgkeepException explain(SQLException failure, Target target, Endpoint endpoint, Duration timeout) {
        var problem = new NetworkProblems(failure, target, endpoint);
        List<Throwable> causes = Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .toList();
        for (Throwable cause : causes.reversed()) {
            PgkeepException explained = problem.byCause(cause, timeout);
            if (explained != null) {
                return explained;
            }
        }
        return problem.bySslWords(failure);
    }

    private @Nullable PgkeepException byCause(Throwable cause, Duration timeout) {
        return switch (cause) {
            case UnknownHostException unknown -> ConnectProblems.unknownHost(target, endpoint, unknown);
            case SocketTimeoutException _ -> timedOut(timeout);
            case ConnectException refused when timedOut(refused) -> timedOut(timeout);
            case NoRouteToHostException _ -> unreachable("no route leads to " + endpoint.describe());
            case CertificateException _ -> untrusted(cause);
            case CertPathBuilderException _ -> untrusted(cause);
            case InvalidAlgorithmParameterException _ -> untrusted(cause);
            case SSLException _ -> null;
            case ConnectException _ -> nothingListens();
            case EOFException _ -> hungUp();
            case SocketException broken -> endpoint.isUnixSocket() ? nothingListens() : broken(broken);
            default -> null;
        };
    }

    private static boolean timedOut(ConnectException refused) {
        String words = refused.getMessage();
        return words != null && words.contains("timed out");
    }

    private PgkeepException nothingListens() {
        if (endpoint.isUnixSocket()) {
            Path file = Path.of(endpoint.socketFile());
            return Files.exists(file)
                    ? error(
                            "the socket " + file + " cannot be used",
                            "check that the server runs and that you may enter its folder")
                    : error("there is no socket " + file, "start PostgreSQL, or name the host: host=localhost");
        }
        return error("nothing listens on " + endpoint.describe(), startHint());
    }

    private String startHint() {
        return endpoint.isLocal()
                ? "start PostgreSQL (systemctl start postgresql, brew services start postgresql, docker compose up -d),"
                        + " or check the port in " + target.origin()
                : "check host and port in " + target.origin()
                        + ", that the server runs and that a firewall lets you through";
    }

    private PgkeepException timedOut(Duration timeout) {
        return error(
                endpoint.describe() + " did not answer within " + timeout.toSeconds() + " s",
                "check host and port in " + target.origin()
                        + ", firewall and VPN; connect_timeout=60 in the URL waits longer");
    }

    private PgkeepException unreachable(String what) {
        return error(what, "check the network, VPN and firewall");
    }

    private PgkeepException broken(SocketException broken) {
        String words = broken.getMessage();
        if (words != null && words.contains("unreachable")) {
            return unreachable("the network of " + endpoint.describe() + " is unreachable");
        }
        return hungUp();
    }

    private PgkeepException hungUp() {
        return error(
                "the server on " + endpoint.describe() + " closed the connection before the login was done",
                "check that it is PostgreSQL that listens there, and look into its log");
    }

    private PgkeepException untrusted(Throwable cause) {
        String root = target.parameters().get("sslrootcert");
        return error(
                "the certificate of " + endpoint.describe() + " is not trusted: " + firstLine(cause),
                root == null
                        ? "set sslrootcert to the file of the authority that signed it, or sslrootcert=system"
                        : "sslrootcert (" + root + ") must be the authority that signed it");
    }

    private PgkeepException bySslWords(SQLException failure) {
        String words = ServerMessage.line(failure);
        if (words.contains("root certificate")) {
            return invalid(
                    "the root certificate for sslmode=" + target.parameters().get("sslmode") + " cannot be read",
                    "set sslrootcert to its file, or sslrootcert=system for the authorities this machine trusts");
        }
        if (words.contains("ostname") && words.contains("verif")) {
            return error(
                    "the certificate of " + endpoint.describe() + " is for another host name",
                    "connect by the name in the certificate, or set sslmode=verify-ca");
        }
        if (words.contains("private key")) {
            return invalid(
                    "the private key of the client certificate (sslkey) cannot be used",
                    "it must be PKCS 8 in PEM or DER, without a passphrase: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY");
        }
        if (ServerMessage.state(failure).equals("08P01")) {
            return error(
                    "what answers on " + endpoint.describe() + " does not speak PostgreSQL's protocol",
                    "check host and port in " + target.origin());
        }
        if (words.contains("SSL") || words.contains("certificate") || words.contains("key")) {
            return error(
                    "no encrypted connection to " + endpoint.describe() + ": " + words,
                    "check sslmode, sslcert, sslkey and sslrootcert in " + target.origin());
        }
        return error(
                "no connection to " + endpoint.describe() + ": " + words,
                "check " + target.origin() + " and the server's log");
    }

    private PgkeepException error(String message, String hint) {
        return new PgkeepException(ErrorCode.SERVER_UNREACHABLE, message, hint, failure);
    }

    private PgkeepException invalid(String message, String hint) {
        return new PgkeepException(ErrorCode.CONNECTION_INVALID, message, hint, failure);
    }

    private static String firstLine(Throwable cause) {
        String words = cause.getMessage();
        return words == null ? "no reason given" : words.lines().findFirst().orElse("no reason given");
    }
}
