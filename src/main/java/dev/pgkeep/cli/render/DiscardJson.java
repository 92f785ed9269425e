package dev.pgkeep.cli.render;

import java.util.List;

/** The result of {@code undo --discard --json}. */
@io.avaje.jsonb.Json
public record DiscardJson(boolean dryRun, String server, List<KeptJson> discarded) {}
