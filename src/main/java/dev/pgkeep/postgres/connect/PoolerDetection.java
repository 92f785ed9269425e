package dev.pgkeep.postgres.connect;

import java.util.Locale;
import java.util.Optional;

/** Tells from names and ports whether a target is a connection pooler. */
final class PoolerDetection {
    private PoolerDetection() {}

    static Optional<String> find(Target target) {
        return target.endpoints().stream()
                .flatMap(endpoint -> sign(endpoint).stream())
                .findFirst();
    }

    private static Optional<String> sign(Endpoint endpoint) {
        String host = endpoint.host().toLowerCase(Locale.ROOT);
        if (endpoint.port() == 6543 || endpoint.port() == 6432) {
            return Optional.of("port " + endpoint.port());
        }
        if (host.contains("-pooler.") || host.contains("pgbouncer") || host.contains("pgcat")) {
            return Optional.of("host " + endpoint.host());
        }
        return Optional.empty();
    }

    static String note(String sign) {
        return "this looks like a connection pooler (" + sign
                + "): backups need a direct connection; set DIRECT_URL to one";
    }
}
