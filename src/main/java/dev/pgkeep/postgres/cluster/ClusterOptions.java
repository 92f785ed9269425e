package dev.pgkeep.postgres.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a temporary server.
 *
 * @param parent where the folder of the cluster is made
 * @param superuser name of the first role
 * @param encoding encoding of the template databases
 * @param locale locale of the template databases, for instance {@code C} or {@code en_US.UTF-8}
 * @param trust whether every local login is let in without a password; otherwise scram with a random password
 * @param ipv6 whether the server listens on {@code ::1} as well
 * @param tls certificate and key to serve TLS with
 * @param settings additional lines of {@code postgresql.conf}, by name; values are quoted when written
 * @param locales folder of locales that {@code localedef} made, beside those of the system
 */
public record ClusterOptions(
        Path parent,
        String superuser,
        String encoding,
        String locale,
        boolean trust,
        boolean ipv6,
        Optional<Tls> tls,
        Map<String, String> settings,
        Optional<Path> locales) {

    /** PEM files of the server's certificate and its unencrypted private key; the cluster makes copies. */
    public record Tls(Path certificate, Path key) {}

    public ClusterOptions {
        settings = Map.copyOf(settings);
    }

    /** UTF8, locale C, superuser {@code postgres} with a random password, and settings made for speed, not safety. */
    public static ClusterOptions in(Path parent) {
        return new ClusterOptions(
                parent,
                "postgres",
                "UTF8",
                "C",
                false,
                false,
                Optional.empty(),
                Map.of("max_connections", "50"),
                Optional.empty());
    }

    public ClusterOptions withSuperuser(String name) {
        return new ClusterOptions(parent, name, encoding, locale, trust, ipv6, tls, settings, locales);
    }

    public ClusterOptions withEncoding(String newEncoding, String newLocale) {
        return new ClusterOptions(parent, superuser, newEncoding, newLocale, trust, ipv6, tls, settings, locales);
    }

    public ClusterOptions withTrust() {
        return new ClusterOptions(parent, superuser, encoding, locale, true, ipv6, tls, settings, locales);
    }

    public ClusterOptions withIpv6() {
        return new ClusterOptions(parent, superuser, encoding, locale, trust, true, tls, settings, locales);
    }

    public ClusterOptions withTls(Tls newTls) {
        return new ClusterOptions(
                parent, superuser, encoding, locale, trust, ipv6, Optional.of(newTls), settings, locales);
    }

    public ClusterOptions withLocales(Path folder) {
        return new ClusterOptions(parent, superuser, encoding, locale, trust, ipv6, tls, settings, Optional.of(folder));
    }

    /**
     * Sets a parameter of the server, for instance {@code setting("max_locks_per_transaction", "1024")}; the last value
     * of a name counts.
     */
    public ClusterOptions setting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new ClusterOptions(parent, superuser, encoding, locale, trust, ipv6, tls, more, locales);
    }
}
