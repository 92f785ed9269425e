package dev.pgkeep.operation.restore.proof;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of a restored database held against what they should be.
 *
 * @param tables number of tables compared as the backup counts them: each partition is one
 * @param rows rows found in them
 * @param differences one line for each table that differs
 * @param uncompared tables that got rows, nobody can tell how many from the backup, and how many are there now
 * @param content whether the content of the rows was compared, not only their number
 */
public record Comparison(
        int tables, long rows, List<String> differences, SortedMap<TableName, Long> uncompared, boolean content) {
    /** The comparison of nothing: a schema alone, or a script without COPY. */
    public static final Comparison NONE = new Comparison(0, 0, List.of(), new TreeMap<>(), false);

    /** This comparison and another one together. */
    public Comparison plus(Comparison other) {
        List<String> all = new ArrayList<>(differences);
        all.addAll(other.differences);
        SortedMap<TableName, Long> present = new TreeMap<>(uncompared);
        present.putAll(other.uncompared);
        return new Comparison(tables + other.tables, rows + other.rows, all, present, content || other.content);
    }

    public boolean isSame() {
        return differences.isEmpty();
    }

    /** The comparison for people: {@code 12 tables, 204,311 rows}. */
    public String describe() {
        return Sizes.count(tables, "table") + ", " + Sizes.count(rows, "row") + (content ? " with their content" : "");
    }

    /** @throws PgkeepException PROOF_FAILED when anything differs */
    public void orThrow(String where) {
        if (!isSame()) {
            int shown = Math.min(3, differences.size());
            throw new PgkeepException(
                    ErrorCode.PROOF_FAILED,
                    where + " does not hold what the backup says: " + String.join("; ", differences.subList(0, shown))
                            + (differences.size() > shown ? "; and " + (differences.size() - shown) + " more" : ""),
                    "check the backup: pgkeep verify; another one may be good: pgkeep list");
        }
    }
}
