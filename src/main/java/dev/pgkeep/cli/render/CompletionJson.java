package dev.pgkeep.cli.render;

import java.util.List;

/**
 * The result of {@code completion --json}.
 *
 * @param shell {@code bash} or {@code zsh}
 * @param lines the script that this shell is to read
 */
@io.avaje.jsonb.Json
public record CompletionJson(String shell, List<String> lines) {}
