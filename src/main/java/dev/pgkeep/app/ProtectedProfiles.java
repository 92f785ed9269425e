package dev.pgkeep.app;

import dev.pgkeep.app.config.Settings;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.confirm.ConfiguredProtection;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.util.Map;
import java.util.Optional;

/** Whether the configuration calls a database protected, whichever profile is in force. */
final class ProtectedProfiles implements ConfiguredProtection {
    private final Pgkeep pgkeep;

    ProtectedProfiles(Pgkeep pgkeep) {
        this.pgkeep = pgkeep;
    }

    @Override
    public Optional<String> of(Target target) {
        Settings settings = pgkeep.settings();
        if (settings.safety().isProtected() && isOf(pgkeep, target)) {
            return Optional.of(settings.origins()
                    .getOrDefault("protected", "the configuration")
                    .replaceFirst("^protected ", "protected = true "));
        }
        return settings.profiles().stream()
                .filter(name -> !settings.profile().equals(Optional.of(name)))
                .filter(name -> protects(name, target))
                .findFirst()
                .map(name -> "profile " + name + " of the configuration");
    }

    /**
     * Whether a profile protects the target; one that cannot be read, for instance because its variables are not set
     * here, protects nothing here.
     */
    private boolean protects(String profile, Target target) {
        try {
            Pgkeep other = pgkeep.with(Map.of("profile", profile));
            boolean ofItsOwn =
                    other.settings().origins().getOrDefault("url", "").contains(" of profile " + profile + " in ");
            return other.settings().safety().isProtected() && ofItsOwn && isOf(other, target);
        } catch (PgkeepException e) {
            return false;
        }
    }

    private static boolean isOf(Pgkeep pgkeep, Target target) {
        return pgkeep.settings()
                .connection()
                .map(connection -> TargetReader.read(
                                connection.text(),
                                pgkeep.settings().connections().environment(),
                                pgkeep.sources().home(),
                                connection.origin())
                        .target())
                .filter(own -> target.database().equals(pgkeep.databaseName().orElse(own.database())))
                .filter(own -> own.endpoints().stream()
                        .anyMatch(
                                place -> target.endpoints().stream().anyMatch(each -> each.isNamed(place.describe()))))
                .isPresent();
    }
}
