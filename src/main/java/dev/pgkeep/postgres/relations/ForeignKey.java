package dev.pgkeep.postgres.relations;

import dev.pgkeep.postgres.catalog.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A foreign key, of a partitioned table once.
 *
 * @param child oid of the table that refers, or of the partitioned table that it belongs to
 * @param parent oid of the table that is referred to, or of the partitioned table that it belongs to
 * @param childFrom the referring table itself as it stands in FROM
 * @param parentFrom the same of the other
 * @param columns those that refer
 * @param parentColumns those that are referred to, in the same order
 * @param operators that compare them, the parent's on the left
 * @param sets columns that change when a parent is deleted; empty unless the action is to set them
 * @param indexed whether an index begins with the columns that refer
 * @param temporal whether it is about periods of time
 */
public record ForeignKey(
        String name,
        long child,
        long parent,
        String childFrom,
        String parentFrom,
        List<String> columns,
        List<String> parentColumns,
        List<String> operators,
        OnDelete onDelete,
        List<String> sets,
        boolean deferrable,
        boolean indexed,
        boolean temporal) {

    /** The condition that a row of the child refers to one of the parent, as SQL. */
    public String match(String childAlias, String parentAlias) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            parts.add(parentAlias + "." + Sql.identifier(parentColumns.get(i)) + " " + operators.get(i) + " "
                    + childAlias + "." + Sql.identifier(columns.get(i)));
        }
        return String.join(" AND ", parts);
    }

    /** The condition that a row of the child refers to any at all, as SQL. */
    public String refers(String childAlias) {
        return columns.stream()
                .map(column -> childAlias + "." + Sql.identifier(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    public boolean isToItself() {
        return child == parent;
    }
}
