package dev.pgkeep.cli.render;

import dev.pgkeep.operation.export.ExportResult;
import java.util.List;

/** The result of {@code export --json}. */
@io.avaje.jsonb.Json
public record ExportJson(
        String backup,
        String format,
        String path,
        int tables,
        long rows,
        long bytes,
        List<String> binary,
        List<String> restore) {
    public static ExportJson of(ExportResult result) {
        return new ExportJson(
                result.backup(),
                result.format(),
                result.path().toString(),
                result.tables(),
                result.rows(),
                result.bytes(),
                result.binary(),
                result.restore());
    }
}
