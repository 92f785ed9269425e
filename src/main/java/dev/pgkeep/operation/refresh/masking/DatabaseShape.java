package dev.pgkeep.operation.refresh.masking;

import java.util.List;

/** Every table of a database and the foreign keys between them (those of partitions are those of their whole). */
public record DatabaseShape(List<TableShape> tables, List<ForeignKey> foreignKeys) {
    public DatabaseShape {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
    }
}
