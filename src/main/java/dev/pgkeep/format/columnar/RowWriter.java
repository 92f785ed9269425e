package dev.pgkeep.format.columnar;

import java.io.IOException;

/** Puts rows together from columns, and hands them on in batches. */
final class RowWriter {
    private static final int BATCH = 1 << 16;

    private final Output out = new Output(BATCH + (BATCH >> 2));

    void write(boolean text, int rows, ColumnValues[] columns, int count, byte[] chunk, RowSink sink)
            throws IOException {
        out.size = 0;
        for (int row = 0; row < rows; row++) {
            if (text) {
                textRow(row, columns, count, chunk);
            } else {
                binaryRow(row, columns, count, chunk);
            }
            if (out.size >= BATCH) {
                flush(sink);
            }
        }
        if (out.size > 0) {
            flush(sink);
        }
    }

    private void flush(RowSink sink) throws IOException {
        sink.rows(out.bytes, 0, out.size);
        out.size = 0;
    }

    private void binaryRow(int row, ColumnValues[] columns, int count, byte[] chunk) {
        int at = out.room(Short.BYTES + Integer.BYTES * count);
        byte[] target = out.bytes;
        BigEndian.putShort(target, at, count);
        at += Short.BYTES;
        for (int i = 0; i < count; i++) {
            ColumnValues column = columns[i];
            if (column.isNull(row, chunk)) {
                BigEndian.putInt(target, at, -1);
                at += Integer.BYTES;
                continue;
            }
            int next = column.next++;
            int length = column.length(next);
            int from = column.start(next);
            out.room(length);
            target = out.bytes;
            BigEndian.putInt(target, at, length);
            at += Integer.BYTES;
            BigEndian.copy(column.source, from, target, at, length);
            at += length;
        }
    }

    private void textRow(int row, ColumnValues[] columns, int count, byte[] chunk) {
        for (int i = 0; i < count; i++) {
            ColumnValues column = columns[i];
            if (column.isNull(row, chunk)) {
                int at = out.room(3);
                out.bytes[at] = '\\';
                out.bytes[at + 1] = 'N';
                out.bytes[at + 2] = '\t';
                continue;
            }
            int next = column.next++;
            int length = column.length(next);
            int from = column.start(next);
            int at = out.room(length + 1);
            BigEndian.copy(column.source, from, out.bytes, at, length);
            out.bytes[at + length] = '\t';
        }
        if (count == 0) {
            out.room(1);
        }
        out.bytes[out.size - 1] = '\n';
    }
}
