package dev.pgkeep.repository;

import java.util.Optional;

/**
 * The result of taking back chunks.
 *
 * @param bytes bytes that are free now; that would be, in a dry run
 * @param reason why nothing was done, when something stood in the way
 */
public record Swept(long bytes, Optional<String> reason) {
    static final Swept NOTHING = new Swept(0, Optional.empty());

    static Swept not(String reason) {
        return new Swept(0, Optional.of(reason));
    }
}
