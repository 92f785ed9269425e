package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/** Says to the JDBC driver what libpq would understand from the same target. */
final class DriverSettings {
    private static final Map<String, PGProperty> SAME = Map.of(
            "sslrootcert", PGProperty.SSL_ROOT_CERT,
            "sslcert", PGProperty.SSL_CERT,
            "sslkey", PGProperty.SSL_KEY,
            "sslnegotiation", PGProperty.SSL_NEGOTIATION,
            "channel_binding", PGProperty.CHANNEL_BINDING,
            "require_auth", PGProperty.REQUIRE_AUTH,
            "krbsrvname", PGProperty.KERBEROS_SERVER_NAME);

    private DriverSettings() {}

    /** The URL holds no secret: host and port (for certificates and messages) and the database. */
    static String url(Target target, Endpoint endpoint) {
        String host = endpoint.isUnixSocket() ? "localhost" : endpoint.host();
        return "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + endpoint.port() + "/"
                + URLEncoder.encode(target.database(), StandardCharsets.UTF_8);
    }

    static Properties properties(
            Target target,
            Endpoint endpoint,
            @Nullable InetAddress address,
            String applicationName,
            Duration timeout,
            SessionStart start) {
        var properties = new Properties();
        PGProperty.USER.set(properties, target.user());
        // Never absent: the driver would go looking for a password file by rules of its own.
        PGProperty.PASSWORD.set(
                properties, target.password().map(Secret::reveal).orElse(""));
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.4");
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        // Sessions that copy rows switch to the database's own encoding, so that no byte is converted.
        PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, (int) timeout.toSeconds());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) timeout.toSeconds());
        SAME.forEach((name, property) -> {
            String value = target.parameters().get(name);
            if (value != null) {
                property.set(properties, value);
            }
        });
        String options = start.driverOptions(target.parameters().getOrDefault("options", ""));
        if (!options.isBlank()) {
            PGProperty.OPTIONS.set(properties, options);
        }
        String certificate = target.parameters().get("sslcert");
        if (certificate != null) {
            PGProperty.PEM_KEY_ALGORITHM.set(properties, keyAlgorithm(certificate));
        }
        PGProperty.GSS_ENC_MODE.set(properties, target.parameters().getOrDefault("gssencmode", "disable"));
        if (target.poolerSign().isPresent()) {
            PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        }
        secure(properties, target, endpoint);
        place(properties, endpoint, address);
        return properties;
    }

    /**
     * Sets what secures a connection, where the driver differs from libpq: unix sockets, {@code require} with a root
     * certificate, the system's roots.
     */
    private static void secure(Properties properties, Target target, Endpoint endpoint) {
        String mode = target.parameters().getOrDefault("sslmode", "prefer");
        String root = target.parameters().getOrDefault("sslrootcert", "");
        if (endpoint.isUnixSocket()) {
            mode = "disable";
        } else if (root.equals("system")) {
            properties.remove(PGProperty.SSL_ROOT_CERT.getName());
            PGProperty.SSL_FACTORY.set(properties, "org.postgresql.ssl.DefaultJavaSSLFactory");
        } else if (mode.equals("require") && !root.isEmpty()) {
            mode = "verify-ca";
        }
        PGProperty.SSL_MODE.set(properties, mode);
    }

    /**
     * A key in PEM does not say what it is, and the driver wants to be told; the certificate that goes with it knows.
     */
    private static String keyAlgorithm(String certificate) {
        try (var in = Files.newInputStream(Path.of(certificate))) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getAlgorithm();
        } catch (IOException | CertificateException e) {
            // The driver reads the same file and tells what is wrong with it.
            return "RSA";
        }
    }

    private static void place(Properties properties, Endpoint endpoint, @Nullable InetAddress address) {
        if (endpoint.isUnixSocket()) {
            PGProperty.SOCKET_FACTORY.set(properties, EndpointSocketFactory.class.getName());
            PGProperty.SOCKET_FACTORY_ARG.set(properties, EndpointSocketFactory.unix(endpoint));
        } else if (address != null) {
            PGProperty.SOCKET_FACTORY.set(properties, EndpointSocketFactory.class.getName());
            PGProperty.SOCKET_FACTORY_ARG.set(properties, EndpointSocketFactory.address(address));
        }
    }
}
