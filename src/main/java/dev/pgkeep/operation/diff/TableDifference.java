package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The difference between the rows of a table.
 *
 * @param state whether both sides have the table
 * @param firstRows rows on the first side; -1 where they were not counted
 * @param secondRows rows on the second side; -1 where they were not counted
 * @param removed rows that only the first side has
 * @param added rows that only the second side has
 * @param changed rows of the same key with other values
 * @param changedColumns how many rows have another value there
 * @param columns names of the columns that were compared
 * @param key those by which rows were matched; empty where whole rows were
 * @param samples a few of each
 * @param notes what is to be known about the comparison, for people
 */
public record TableDifference(
        TableName table,
        State state,
        long firstRows,
        long secondRows,
        long removed,
        long added,
        long changed,
        SortedMap<String, Long> changedColumns,
        List<String> columns,
        List<String> key,
        List<Sample> samples,
        List<String> notes) {

    /** The side or sides on which the table is. */
    public enum State {
        BOTH,
        ONLY_FIRST,
        ONLY_SECOND
    }

    /** The change of a row. */
    public enum Change {
        REMOVED,
        ADDED,
        CHANGED
    }

    /**
     * A row that differs; long values are cut.
     *
     * @param before its values on the first side, by column; of a changed row the key and what changed; null for NULL
     * @param after the same on the second side
     */
    public record Sample(Change change, Map<String, String> before, Map<String, String> after) {}

    /** Whether anything differs. */
    public boolean isDifferent() {
        return state != State.BOTH || removed + added + changed > 0;
    }
}
