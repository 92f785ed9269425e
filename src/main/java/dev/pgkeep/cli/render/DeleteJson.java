package dev.pgkeep.cli.render;

import dev.pgkeep.operation.retention.Delete;
import dev.pgkeep.repository.StoredBackup;
import java.util.List;

/**
 * The result of {@code delete --json}.
 *
 * @param deleted names of the backups that are gone
 * @param bytes what it freed
 */
@io.avaje.jsonb.Json
public record DeleteJson(List<String> deleted, long bytes) {
    public static DeleteJson of(Delete.Outcome outcome) {
        return new DeleteJson(outcome.removed().stream().map(StoredBackup::name).toList(), outcome.freedBytes());
    }
}
