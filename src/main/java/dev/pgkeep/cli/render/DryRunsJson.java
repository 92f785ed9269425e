package dev.pgkeep.cli.render;

import java.util.List;

/**
 * What {@code backup --all --dry-run --json} prints.
 *
 * @param backups what would be done, one for each database
 * @param errors why some could not be made
 */
@io.avaje.jsonb.Json
public record DryRunsJson(boolean dryRun, List<DryRunJson> backups, List<ErrorJson.Details> errors) {}
