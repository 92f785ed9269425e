package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowConsumer;

/** Takes rows with the places where they lie in the heap. */
public interface PlacedRows extends RowConsumer {
    /** The place of the row that comes next, whole or in pieces: {@code block << 16 | line pointer}. */
    void at(long place);
}
