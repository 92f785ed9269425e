package dev.pgkeep.cli.render;

import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Target;
import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Locale;

/** The result of {@code db --tables --json}. */
@Json
public record TablesJson(String server, String database, List<Table> tables) {
    /**
     * One table, or something like one.
     *
     * @param kind for instance {@code table}, {@code partitioned table}
     * @param rows about; -1 when nobody knows
     * @param bytes with TOAST, without indexes
     */
    @Json
    public record Table(String schema, String name, String kind, long rows, long bytes) {}

    public static TablesJson of(Target target, List<TableInfo> tables) {
        return new TablesJson(
                target.describeServer(),
                target.database(),
                tables.stream().map(TablesJson::of).toList());
    }

    /** What kind of table it is, for people. */
    public static String kind(TableInfo table) {
        return table.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Table of(TableInfo table) {
        return new Table(
                table.schema(), table.name().name(), kind(table), table.estimatedRows(), table.bytes());
    }
}
