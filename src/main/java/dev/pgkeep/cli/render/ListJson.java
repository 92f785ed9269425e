package dev.pgkeep.cli.render;

import dev.pgkeep.repository.StoredBackup;
import java.util.ArrayList;
import java.util.List;

/** The result of {@code list --json}: {@code {"backups": […], "count", "bytes"}}. */
@io.avaje.jsonb.Json
public record ListJson(List<BackupJson> backups, int count, long bytes) {
    public static ListJson of(List<StoredBackup> backups) {
        List<BackupJson> listed = new ArrayList<>();
        long bytes = 0;
        for (StoredBackup backup : backups) {
            listed.add(BackupJson.of(backup));
            bytes += backup.newBytes();
        }
        return new ListJson(listed, backups.size(), bytes);
    }
}
