package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.columnar.RowHasher;

/** Takes rows only to know their content: count and hash. */
public final class RowContent implements RowConsumer {
    private final RowHasher hasher = new RowHasher();

    @Override
    public void row(byte[] bytes, int offset, int length) {
        hasher.add(bytes, offset, length);
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        hasher.piece(bytes, offset, length, last);
    }

    /** The content of all rows so far. */
    public RowHash total() {
        return hasher.total();
    }
}
