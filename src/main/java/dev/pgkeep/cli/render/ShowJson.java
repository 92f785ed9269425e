package dev.pgkeep.cli.render;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code show --json}. */
@io.avaje.jsonb.Json
public record ShowJson(
        BackupJson backup,
        @Nullable Manifest metadata,
        List<Mark> marks,
        @Nullable String rowsDocument,
        @Nullable List<String> objects) {}
