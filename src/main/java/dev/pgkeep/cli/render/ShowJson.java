package dev.pgkeep.cli.render;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.show.Show;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of {@code show --json}. */
@io.avaje.jsonb.Json
public record ShowJson(
        BackupJson backup,
        @Nullable Manifest metadata,
        List<Mark> marks,
        @Nullable String rowsDocument,
        @Nullable List<String> objects) {

    /** @param objects null where nobody asked for them */
    public static ShowJson of(Show.Shown shown, List<Mark> marks, @Nullable List<String> objects) {
        return new ShowJson(
                BackupJson.of(shown.backup()),
                shown.manifest().orElse(null),
                marks,
                shown.rowsDocument().map(Path::toString).orElse(null),
                objects);
    }
}
