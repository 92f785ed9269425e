package dev.pgkeep.operation.diff;

import java.util.BitSet;

/** Takes the differences of one table, one row at a time. */
interface RowChanges {
    /** Only the first side has it. */
    void removed(Row row);

    /** Only the second side has it. */
    void added(Row row);

    /** Both have a row of this key. @param columns those whose values differ */
    void changed(Row before, Row after, BitSet columns);
}
