package dev.pgkeep.cli.render;

import dev.pgkeep.repository.StoredBackup;
import java.util.List;

/** The result of {@code list --json}: {@code {"backups": […], "count", "bytes"}}. */
@io.avaje.jsonb.Json
public record ListJson(List<BackupJson> backups, int count, long bytes) {
    public static ListJson of(List<StoredBackup> backups) {
        return new ListJson(
                backups.stream().map(BackupJson::of).toList(),
                backups.size(),
                backups.stream().mapToLong(StoredBackup::newBytes).sum());
    }
}
