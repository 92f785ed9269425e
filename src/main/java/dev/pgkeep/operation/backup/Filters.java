package dev.pgkeep.operation.backup;

import java.util.ArrayList;
import java.util.List;

/** The choice of tables and schemas that are dumped; patterns as pg_dump takes them. Empty lists choose everything. */
public record Filters(
        List<String> tables,
        List<String> excludedTables,
        List<String> excludedTableData,
        List<String> schemas,
        List<String> excludedSchemas) {
    public static final Filters NONE = new Filters(List.of(), List.of(), List.of(), List.of(), List.of());

    /** The options of pg_dump that say the same. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        tables.forEach(pattern -> options.add("--table=" + pattern));
        excludedTables.forEach(pattern -> options.add("--exclude-table=" + pattern));
        excludedTableData.forEach(pattern -> options.add("--exclude-table-data=" + pattern));
        schemas.forEach(pattern -> options.add("--schema=" + pattern));
        excludedSchemas.forEach(pattern -> options.add("--exclude-schema=" + pattern));
        return options;
    }

    public boolean isEmpty() {
        return options().isEmpty();
    }
}
