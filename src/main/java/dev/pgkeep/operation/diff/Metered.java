package dev.pgkeep.operation.diff;

import dev.pgkeep.repository.contents.rows.RowCutter;
import java.io.IOException;

/** Tells of every row that passes. */
record Metered(Meter meter, RowCutter.RowConsumer taker) implements RowCutter.RowConsumer {
    /** Told what was read. */
    @FunctionalInterface
    interface Meter {
        void read(int rows, int bytes);
    }

    @Override
    public void row(byte[] bytes, int offset, int length) throws IOException {
        meter.read(1, length);
        taker.row(bytes, offset, length);
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) throws IOException {
        meter.read(last ? 1 : 0, length);
        taker.piece(bytes, offset, length, last);
    }
}
