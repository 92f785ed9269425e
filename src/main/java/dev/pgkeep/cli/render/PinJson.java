package dev.pgkeep.cli.render;

import java.util.List;

/**
 * The result of {@code pin --json} and {@code unpin --json}.
 *
 * @param backups names of the backups that were marked
 * @param pinned whether they are pinned now
 */
@io.avaje.jsonb.Json
public record PinJson(List<String> backups, boolean pinned) {}
