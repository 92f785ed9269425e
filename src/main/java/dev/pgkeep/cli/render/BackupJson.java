package dev.pgkeep.cli.render;

import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A backup in JSON results. Fields are added over time, never renamed.
 *
 * @param newBytes bytes that this backup added to the repository
 * @param checked when it was last read back whole; absent when never, or when it was found damaged since
 * @param proven when it was last restored and compared
 */
@io.avaje.jsonb.Json
public record BackupJson(
        String name,
        @Nullable String database,
        Instant created,
        @Nullable String kind,
        @Nullable String label,
        @Nullable String description,
        Map<String, String> tags,
        String format,
        long bytes,
        long newBytes,
        String state,
        @Nullable Instant checked,
        @Nullable Instant proven,
        boolean pinned,
        boolean partial,
        @Nullable String problem,
        List<String> files,
        @Nullable String metadata) {

    public static BackupJson of(StoredBackup backup) {
        return new BackupJson(
                backup.name(),
                backup.database().orElse(null),
                backup.created(),
                backup.kind().map(Object::toString).orElse(null),
                backup.label().orElse(null),
                backup.summary().map(summary -> summary.description()).orElse(null),
                backup.tags(),
                backup.format(),
                backup.bytes(),
                backup.newBytes(),
                backup.state().equals("–") ? "unchecked" : backup.state(),
                backup.isChecked() ? later(backup) : null,
                backup.isProven() ? backup.newest(Mark.Type.PROVEN) : null,
                backup.isPinned(),
                backup.summary().filter(summary -> !summary.isWhole()).isPresent(),
                backup.problem().orElse(null),
                backup.data().stream().map(Path::toString).toList(),
                backup.metadata().map(Path::toString).orElse(null));
    }

    private static @Nullable Instant later(StoredBackup backup) {
        Instant checked = backup.newest(Mark.Type.CHECKED);
        Instant proven = backup.newest(Mark.Type.PROVEN);
        return checked == null || (proven != null && proven.isAfter(checked)) ? proven : checked;
    }
}
