package dev.pgkeep.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Manifest} that listings, retention and status need: the same JSON read without its tables, so
 * that a thousand backups of thousands of tables list quickly. Components are those of {@code Manifest}.
 */
@Json
public record Summary(
        int version,
        String name,
        String database,
        Instant created,
        double seconds,
        Kind kind,
        @Nullable String label,
        @Nullable String description,
        Map<String, String> tags,
        Manifest.Content content,
        List<String> filters,
        List<Manifest.Copy> copies,
        long bytes,
        long sourceBytes,
        Manifest.Server server) {

    /** Whether it holds a whole database. */
    public boolean isWhole() {
        return content == Manifest.Content.ALL && filters.isEmpty();
    }
}
