package dev.pgkeep.format.columnar;

import java.io.IOException;
import java.util.Arrays;

/**
 * Unpacks chunks that {@link RowEncoder} or {@link RowFragment} made. Not for several threads; reused for many chunks,
 * since it keeps its buffers.
 */
public final class RowDecoder {
    private final ColumnReader reader = new ColumnReader();
    private final RowWriter writer = new RowWriter();
    private ColumnValues[] columns = {};

    /**
     * Gives the rows back, byte by byte as they were added.
     *
     * @return how many rows end in this chunk
     * @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when the bytes do not decode; nothing was given then
     */
    public static int decode(byte[] chunk, RowSink sink) throws IOException {
        return new RowDecoder().decode(chunk, 0, chunk.length, sink);
    }

    /** Decodes part of an array, with buffers that are used again. */
    public int decode(byte[] chunk, int offset, int length, RowSink sink) throws IOException {
        Input in = new Input(chunk, offset, length);
        return switch (in.next()) {
            case RowEncoder.KIND -> rows(in, sink);
            case RowFragment.KIND -> piece(in, sink);
            default -> throw Damage.of("it is of an unknown kind");
        };
    }

    private static int piece(Input in, RowSink sink) throws IOException {
        int ends = in.next();
        Damage.unless(ends <= 1, "a piece of a row ends in an unknown way");
        int length = in.left();
        sink.rows(in.bytes, in.skip(length), length);
        return ends;
    }

    private int rows(Input in, RowSink sink) throws IOException {
        int code = in.next();
        Damage.unless(code == RowFormat.BINARY.code() || code == RowFormat.TEXT.code(), "its rows have no known form");
        int rows = in.upTo(Limits.CHUNK_ROWS);
        int count = in.upTo(Limits.COLUMNS);
        long bytes = in.upTo(Limits.CHUNK_BYTES);
        boolean text = code == RowFormat.TEXT.code();
        long frame = text ? Math.max(1, count) : Short.BYTES + (long) Integer.BYTES * count;
        Damage.unless(rows * frame <= bytes, "it has more rows than bytes");
        makeRoom(count);
        long left = bytes - rows * frame;
        for (int i = 0; i < count && rows > 0; i++) {
            reader.read(in, rows, columns[i], left);
            left -= columns[i].total();
            left -= text ? 2L * (rows - columns[i].count) : 0;
            Damage.unless(left >= 0, "values are longer than the rows");
        }
        Damage.unless(left == 0 && in.left() == 0, "it has more bytes than rows");
        writer.write(text, rows, columns, count, in.bytes, sink);
        return rows;
    }

    private void makeRoom(int count) {
        int known = columns.length;
        if (known < count) {
            columns = Arrays.copyOf(columns, count);
            for (int i = known; i < count; i++) {
                columns[i] = new ColumnValues();
            }
        }
    }
}
