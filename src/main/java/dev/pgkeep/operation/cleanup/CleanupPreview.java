package dev.pgkeep.operation.cleanup;

import dev.pgkeep.postgres.connect.Target;
import java.util.List;

/**
 * The preview of a cleanup: what would go.
 *
 * @param target settled: one server
 * @param marked whether the database bears the mark of {@code pgkeep protect}
 * @param tables in the order of deletion: those that refer to others first
 * @param changed rows that stay and change
 * @param obstacles why it cannot be done; one line each
 * @param warnings what to think about before; one line each
 */
public record CleanupPreview(
        Target target,
        String serverVersion,
        boolean marked,
        List<CleanupRule> rules,
        List<DeletedTable> tables,
        List<ChangedTable> changed,
        List<String> obstacles,
        List<String> warnings) {

    public long rows() {
        return tables.stream().mapToLong(each -> each.rows().count()).sum();
    }

    public long changedRows() {
        return changed.stream().mapToLong(each -> each.rows().count()).sum();
    }

    public boolean isEmpty() {
        return tables.isEmpty();
    }
}
