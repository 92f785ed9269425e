package dev.pgkeep.restore;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.units.Sizes;
import java.util.List;

/**
 * Rows of a restored database held against what they should be.
 *
 * @param tables number of tables compared as the backup counts them: each partition is one
 * @param rows rows found in them
 * @param differences one line for each table that differs
 */
public record Comparison(int tables, long rows, List<String> differences) {
    /** Nothing to compare: a schema alone, or a script without COPY. */
    static final Comparison NONE = new Comparison(0, 0, List.of());

    public boolean isSame() {
        return differences.isEmpty();
    }

    /** For people: {@code 12 tables, 204,311 rows}. */
    public String describe() {
        return Sizes.count(tables, "table") + ", " + Sizes.count(rows, "row");
    }

    /** @throws PgkeepException PROOF_FAILED when anything differs */
    void orThrow(String where) {
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
