package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        @Nullable Long rowCount,
        Manifest.Server server) {

    /** Demands what {@link Manifest} demands. */
    public Summary {
        Objects.requireNonNull(name);
        Objects.requireNonNull(database);
        Objects.requireNonNull(created);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(content);
        Objects.requireNonNull(server);
        copies = List.copyOf(copies);
        if (copies.isEmpty()) {
            throw new IllegalArgumentException("a backup has at least one stored form");
        }
    }

    /** The bytes that the backup added to the repository. */
    public long newBytes() {
        return copies.stream().mapToLong(Manifest.Copy::newBytes).sum();
    }

    /** Bytes of the database's tables that were read for it, as far as its chunks tell. */
    public Optional<Long> bytesRead() {
        return copies.stream()
                .map(Manifest.Copy::chunks)
                .filter(Objects::nonNull)
                .map(Manifest.Chunks::reading)
                .filter(Objects::nonNull)
                .map(Reading::bytesRead)
                .findFirst();
    }

    /** Whether the backup holds any row; where older versions did not say, whether its tables had room for one. */
    public boolean holdsRows() {
        return content != Manifest.Content.SCHEMA && (rowCount == null ? sourceBytes > 0 : rowCount > 0);
    }

    /** Whether no rows were asked for. */
    public boolean isSchema() {
        return content == Manifest.Content.SCHEMA;
    }

    /** Whether the backup holds a whole database. */
    public boolean isWhole() {
        return content == Manifest.Content.ALL && filters.isEmpty();
    }
}
