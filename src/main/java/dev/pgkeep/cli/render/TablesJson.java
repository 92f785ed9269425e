package dev.pgkeep.cli.render;

import io.avaje.jsonb.Json;
import java.util.List;

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
}
