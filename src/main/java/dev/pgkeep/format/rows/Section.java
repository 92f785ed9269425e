package dev.pgkeep.format.rows;

import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of one table that became the same.
 *
 * @param columns in the order of the values
 * @param key names of columns that tell rows apart; empty where nothing does
 * @param change how rows were changed that were not deleted; empty where the section holds whole rows
 */
public record Section(TableName table, List<Column> columns, List<String> key, Optional<Change> change) {
    /** @param type as SQL spells it, with its modifiers */
    public record Column(String name, String type) {}

    /**
     * Rows that stayed, with other values in some columns; the section holds key and former values.
     *
     * @param foreignKey whose action changed them
     * @param sets the columns that were changed, in the order of their columns
     * @param left what they were changed to: SQL expressions
     */
    public record Change(String foreignKey, List<String> sets, Map<String, String> left) {}

    public Section {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** The section's name in error messages. */
    String shown() {
        return table
                + change.map(each -> " (changed by " + each.foreignKey() + ")").orElse("");
    }
}
