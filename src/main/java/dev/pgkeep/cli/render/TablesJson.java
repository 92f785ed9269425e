package dev.pgkeep.cli.render;

import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of {@code db --tables --json}. */
public record TablesJson(Target target, List<TableInfo> tables) implements Fields {
    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("server", target.describeServer());
        fields.put("database", target.database());
        fields.put("tables", tables.stream().map(TablesJson::fields).toList());
        return fields;
    }

    /** The kind of a table, for people. */
    public static String kind(TableInfo table) {
        return table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Map<String, Object> fields(TableInfo table) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", table.schema());
        fields.put("name", table.name().name());
        fields.put("kind", kind(table));
        fields.put("rows", table.estimatedRows());
        fields.put("bytes", table.bytes());
        return fields;
    }
}
