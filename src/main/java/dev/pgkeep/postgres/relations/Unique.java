package dev.pgkeep.postgres.relations;

import dev.pgkeep.postgres.catalog.Sql;
import java.util.ArrayList;
import java.util.List;

/**
 * A unique index.
 *
 * @param operators that compare the columns, in the same order
 */
public record Unique(List<String> columns, List<String> operators) {
    /** The condition that both rows have the same values there, as SQL; nulls are like nothing. */
    public String match(String one, String other) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = "." + Sql.identifier(columns.get(i));
            parts.add(one + column + " " + operators.get(i) + " " + other + column);
        }
        return String.join(" AND ", parts);
    }
}
