package dev.pgkeep.cli.render;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code trust --json}.
 *
 * @param list where it is remembered
 * @param files what was allowed, taken back or listed
 */
@io.avaje.jsonb.Json
public record TrustJson(boolean dryRun, String list, List<File> files) {
    /** @param objection why others may have written the file; null when nobody else can */
    @io.avaje.jsonb.Json
    public record File(String path, @Nullable String objection, List<Program> programs) {}

    /** @param value without passwords; null in a listing, which knows only hashes */
    @io.avaje.jsonb.Json
    public record Program(String key, @Nullable String value) {}
}
