package dev.pgkeep.operation.diff;

import java.util.BitSet;

/** Takes the differences of one table, one row at a time. */
interface RowChanges {
    /** Takes a row that only the first side has. */
    void removed(Row row);

    /** Takes a row that only the second side has. */
    void added(Row row);

    /**
     * Takes a row of a key that both sides have, with other values.
     *
     * @param columns those whose values differ
     */
    void changed(Row before, Row after, BitSet columns);
}
