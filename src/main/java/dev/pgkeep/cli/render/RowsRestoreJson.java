package dev.pgkeep.cli.render;

import dev.pgkeep.operation.rows.RestoreOutcome;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.SectionState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code rows restore --json}.
 *
 * @param executed whether rows were put back
 * @param sections as they were found before
 * @param obstacles why it cannot be done
 */
@io.avaje.jsonb.Json
public record RowsRestoreJson(
        boolean executed,
        String database,
        String server,
        String document,
        List<Part> sections,
        long inserted,
        long updated,
        long overwritten,
        long skipped,
        @Nullable String safetyBackup,
        List<String> obstacles,
        List<String> notes) {

    /** Rows of a table; of rows that a deletion changed, the foreign key that did it. */
    @io.avaje.jsonb.Json
    public record Part(
            String table,
            @Nullable String changedBy,
            long rows,
            long missing,
            long identical,
            long conflicting,
            long lost,
            List<String> samples) {}

    public static RowsRestoreJson planned(RestorePreview preview) {
        return new RowsRestoreJson(
                false,
                preview.target().database(),
                preview.target().describeServer(),
                preview.file().toString(),
                parts(preview.sections()),
                0,
                0,
                0,
                0,
                null,
                preview.obstacles(),
                preview.notes());
    }

    public static RowsRestoreJson done(RestorePreview preview, RestoreOutcome outcome) {
        return new RowsRestoreJson(
                true,
                preview.target().database(),
                preview.target().describeServer(),
                preview.file().toString(),
                parts(outcome.sections()),
                outcome.inserted(),
                outcome.updated(),
                outcome.overwritten(),
                outcome.skipped(),
                outcome.safetyBackup().orElse(null),
                List.of(),
                outcome.notes());
    }

    private static List<Part> parts(List<SectionState> states) {
        return states.stream()
                .map(each -> new Part(
                        each.section().table().toString(),
                        each.section()
                                .change()
                                .map(change -> change.foreignKey())
                                .orElse(null),
                        each.rows(),
                        each.missing(),
                        each.identical(),
                        each.conflicting(),
                        each.lost(),
                        each.samples()))
                .toList();
    }
}
