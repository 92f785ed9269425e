package dev.pgkeep.cli.render;

import java.util.List;

/** What {@code --dry-run --json} of backup and restore prints: what would be done, and what is worth knowing. */
@io.avaje.jsonb.Json
public record DryRunJson(boolean dryRun, String backup, String database, List<String> notes) {}
