package dev.pgkeep.operation.diff;

import dev.pgkeep.format.columnar.RowConsumer;

/** Tells of every row that passes. */
record Metered(Meter meter, RowConsumer taker) implements RowConsumer {
    /** Told what was read. */
    @FunctionalInterface
    interface Meter {
        void read(int rows, int bytes);
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        meter.read(1, length);
        taker.row(bytes, offset, length);
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        meter.read(last ? 1 : 0, length);
        taker.piece(bytes, offset, length, last);
    }
}
