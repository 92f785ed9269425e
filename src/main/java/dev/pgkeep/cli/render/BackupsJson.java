package dev.pgkeep.cli.render;

import dev.pgkeep.format.manifest.Manifest;
import java.util.List;

/** The result of {@code backup --all --json}: the metadata of what was made, and what failed. */
@io.avaje.jsonb.Json
public record BackupsJson(List<Manifest> backups, List<ErrorJson.Details> errors) {}
