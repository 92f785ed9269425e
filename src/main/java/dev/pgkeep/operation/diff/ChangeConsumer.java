package dev.pgkeep.operation.diff;

import java.util.List;

/** Wants to have every row that differs, table by table. */
interface ChangeConsumer {
    /** Told first which tables there are. */
    void begin(List<TablePair> pairs);

    /** Takes the rows of the next table. */
    RowChanges of(TablePair pair);
}
