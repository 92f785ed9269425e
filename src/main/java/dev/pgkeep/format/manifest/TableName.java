package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.util.Comparator;

/** A table by schema and name, both exactly as the catalog spells them (unquoted). Ordered by schema, then name. */
@Json
public record TableName(String schema, String name) implements Comparable<TableName> {
    private static final Comparator<TableName> ORDER =
            Comparator.comparing(TableName::schema).thenComparing(TableName::name);

    @Override
    public int compareTo(TableName other) {
        return ORDER.compare(this, other);
    }

    /** The name as pg_dump prints it in its messages: schema, dot, name, without quotes. */
    @Override
    public String toString() {
        return schema + "." + name;
    }
}
