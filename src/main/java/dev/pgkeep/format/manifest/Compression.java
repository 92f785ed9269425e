package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The compression of stored data: method and level.
 *
 * @param method the algorithm
 * @param level the level as the algorithm counts it, or null for its default
 */
@Json
public record Compression(Method method, @Nullable Integer level) {
    public static final Compression NONE = new Compression(Method.NONE, null);

    public Compression {
        Objects.requireNonNull(method);
    }

    /** The algorithms. LZ4 is pg_dump's alone: a plain script cannot have it. */
    public enum Method {
        NONE("none", ""),
        GZIP("gzip", ".gz"),
        ZSTD("zstd", ".zst"),
        LZ4("lz4", ".lz4");

        private final String word;
        private final String extension;

        Method(String word, String extension) {
            this.word = word;
            this.extension = extension;
        }

        @Json.Value
        public String word() {
            return word;
        }

        public String extension() {
            return extension;
        }
    }

    /** Reads {@code none}, {@code gzip}, {@code gzip:9}, {@code zstd:3}, {@code lz4}; empty when it is none of them. */
    public static Optional<Compression> of(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", 2);
        OptionalInt level = OptionalInt.empty();
        if (parts.length == 2) {
            if (!parts[1].matches("\\d{1,2}")) {
                return Optional.empty();
            }
            level = OptionalInt.of(Integer.parseInt(parts[1]));
        }
        for (Method method : Method.values()) {
            if (method.word().equals(parts[0]) && fits(method, level)) {
                return Optional.of(new Compression(method, level.isPresent() ? level.getAsInt() : null));
            }
        }
        return Optional.empty();
    }

    private static boolean fits(Method method, OptionalInt level) {
        int highest = switch (method) {
            case NONE -> -1;
            case GZIP -> 9;
            case ZSTD -> 22;
            case LZ4 -> 12;
        };
        return level.isEmpty() || (level.getAsInt() >= 1 && level.getAsInt() <= highest);
    }

    @Override
    public String toString() {
        return level == null ? method.word() : method.word() + ":" + level;
    }
}
