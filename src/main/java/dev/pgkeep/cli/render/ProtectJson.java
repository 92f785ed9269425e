package dev.pgkeep.cli.render;

import io.avaje.jsonb.Json;

/**
 * The result of {@code protect --json} and {@code unprotect --json}.
 *
 * @param marked whether the database bears the mark now, or would without {@code --dry-run}
 * @param changed whether it was otherwise before
 */
@Json
public record ProtectJson(
        String database,
        String server,
        @Json.Property("protected") boolean marked,
        boolean changed,
        boolean dryRun) {}
