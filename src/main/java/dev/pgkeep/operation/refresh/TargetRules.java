package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.connect.Endpoint;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which databases may be replaced by a copy of another. */
public final class TargetRules {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1]");

    private TargetRules() {}

    /**
     * Refuses a database that is protected.
     *
     * @param protection what says so, for people
     * @throws PgkeepException REFUSED
     */
    public static void refuseProtected(Target target, Optional<String> protection) {
        protection.ifPresent(why -> {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    target.database() + " is protected (" + why + "), and refresh never replaces a protected database",
                    "check which one you are on (" + target.origin()
                            + "); to take it back to a backup of its own: pgkeep" + " restore");
        });
    }

    /**
     * Refuses a database on a host that nobody said is for development.
     *
     * @param hosts names of hosts that count as local
     * @throws PgkeepException REFUSED
     */
    public static void refuseForeign(Target target, List<String> hosts) {
        Optional<Endpoint> foreign = target.endpoints().stream()
                .filter(endpoint -> !isLocal(endpoint) && !hosts.contains(endpoint.host()))
                .findFirst();
        foreign.ifPresent(endpoint -> {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    target.database() + " is on " + endpoint.describe()
                            + ", not on this machine, and refresh replaces local databases only",
                    "when that host is for development, say so: --allow-host " + endpoint.host()
                            + ", or the key refresh.allow-host");
        });
    }

    /**
     * Refuses to replace the very database that the backup was made of.
     *
     * @throws PgkeepException REFUSED
     */
    static void refuseOrigin(RestorePlan plan) {
        Optional<Manifest> manifest = plan.source().manifest();
        boolean same = manifest.filter(
                        each -> each.database().equals(plan.target().database()))
                .map(Manifest::server)
                .map(Manifest.Server::systemIdentifier)
                .filter(identifier -> plan.server()
                        .systemIdentifier()
                        .filter(identifier::equals)
                        .isPresent())
                .isPresent();
        if (same) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    plan.source().name() + " was made of this very database, "
                            + plan.target().describe(),
                    "to take it back: pgkeep restore; to refresh another one, check DATABASE_URL or --profile");
        }
    }

    private static boolean isLocal(Endpoint endpoint) {
        return endpoint.isUnixSocket()
                || LOOPBACK.matcher(endpoint.address().orElse(endpoint.host())).matches();
    }
}
