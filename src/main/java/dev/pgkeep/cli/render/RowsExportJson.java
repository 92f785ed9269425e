package dev.pgkeep.cli.render;

import dev.pgkeep.operation.rows.RowsExport.Exported;
import java.util.Map;

/**
 * The result of {@code rows export --json}.
 *
 * @param tables rows by table
 */
@io.avaje.jsonb.Json
public record RowsExportJson(String document, Map<String, Long> tables, long rows, long bytes, String sha256) {
    public static RowsExportJson of(String document, Exported exported) {
        return new RowsExportJson(
                document,
                exported.tables(),
                exported.written().rows(),
                exported.written().bytes(),
                exported.written().sha256());
    }
}
