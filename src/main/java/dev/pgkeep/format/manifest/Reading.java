package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of a database a backup read.
 *
 * @param base name of the backup after which it read what changed; null where it read everything
 * @param whole why it read everything; null where it did not
 * @param fullAt moment of the last backup that read everything: this one, or one that it goes back to
 * @param bytesRead bytes of the tables that were read, as they lie on the server
 * @param bytesInAll bytes of all its tables there
 */
@Json
public record Reading(@Nullable String base, @Nullable String whole, Instant fullAt, long bytesRead, long bytesInAll) {
    public Reading {
        Objects.requireNonNull(fullAt);
    }
}
