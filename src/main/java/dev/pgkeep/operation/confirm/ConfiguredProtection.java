package dev.pgkeep.operation.confirm;

import dev.pgkeep.postgres.connect.Target;
import java.util.Optional;

/** Tells which databases the configuration protects, whichever profile is in force. */
@FunctionalInterface
public interface ConfiguredProtection {
    /** The entry of the configuration that protects the database, for people; empty when nothing does. */
    Optional<String> of(Target target);

    /**
     * The reason why the database is protected, for people; empty when it is not.
     *
     * @param marked whether it bears the mark of {@code pgkeep protect}
     */
    default Optional<String> why(Target target, boolean marked) {
        return marked ? Optional.of("marked by pgkeep protect") : of(target);
    }
}
