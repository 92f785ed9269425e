package dev.pgkeep.format.columnar;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.util.Arrays;
import java.util.List;

/**
 * Collects rows of one table as columns and packs them into a chunk. Not for several threads; reused for many chunks,
 * and many tables: fresh memory costs more than what is done in it.
 */
public final class RowEncoder {
    /** First byte of a chunk of columns. */
    static final byte KIND = 1;

    /** The length of a field that is not there. */
    private static final int ABSENT = -2;

    /** Bytes of buffers that are kept for the next table. */
    private static final long KEPT = 32 << 20;

    private RowFormat format = RowFormat.BINARY;
    private List<ColumnHint> hints = List.of();
    private ColumnBuffer[] columns = {};
    private ColumnBuffer[] spare = {};
    private Output out = new Output();
    private ColumnWriter writer = new ColumnWriter(out);
    private int rows;
    private long bytes;

    /** Whether a chunk holds whole rows as columns. */
    public static boolean isColumns(byte[] chunk) {
        return chunk.length > 1 && chunk[0] == KIND;
    }

    /** The form of the rows of a chunk. @throws PgkeepException CHUNK_DAMAGED when it is no chunk of columns */
    static RowFormat format(byte[] chunk) {
        Damage.unless(isColumns(chunk), "it does not hold whole rows");
        for (RowFormat each : RowFormat.values()) {
            if (each.code() == chunk[1]) {
                return each;
            }
        }
        throw Damage.of("its rows have no known form");
    }

    /** For no table yet: {@link #begin} must follow. */
    public RowEncoder() {}

    /** @param columns as in {@link #begin} */
    public RowEncoder(RowFormat format, List<ColumnHint> columns) {
        begin(format, columns);
    }

    /**
     * Begins another table; rows that were collected are forgotten.
     *
     * @param columns one for each field of a row; may be empty (tables without columns have rows too)
     */
    public void begin(RowFormat format, List<ColumnHint> columns) {
        clear();
        if (kept() > KEPT) {
            spare = new ColumnBuffer[0];
            out = new Output();
            writer = new ColumnWriter(out);
        }
        this.format = format;
        hints = List.copyOf(columns);
        int known = spare.length;
        if (known < hints.size()) {
            spare = Arrays.copyOf(spare, hints.size());
            Arrays.setAll(spare, column -> column < known ? spare[column] : new ColumnBuffer());
        }
        this.columns = Arrays.copyOf(spare, hints.size());
    }

    private long kept() {
        long kept = out.bytes.length + writer.room();
        for (ColumnBuffer column : spare) {
            kept += column.room();
        }
        return kept;
    }

    /**
     * Adds one row as COPY sends it.
     *
     * @throws PgkeepException DUMP_FAILED when it has not the expected number of fields
     * @throws IllegalStateException when the chunk would grow beyond 64 MB or 8,388,608 rows
     */
    public void add(byte[] row, int offset, int length) {
        if (bytes + length > Limits.CHUNK_BYTES || rows == Limits.CHUNK_ROWS) {
            throw new IllegalStateException("a chunk of more rows than the format allows");
        }
        switch (format) {
            case BINARY -> addBinary(row, offset, offset + length);
            case TEXT -> addText(row, offset, offset + length);
        }
        rows++;
        bytes += length;
    }

    private void addBinary(byte[] row, int offset, int end) {
        require(end - offset >= Short.BYTES && BigEndian.shortAt(row, offset) == columns.length);
        int at = offset + Short.BYTES;
        for (ColumnBuffer column : columns) {
            int from = at + Integer.BYTES;
            int length = from <= end ? BigEndian.intAt(row, at) : ABSENT;
            if (length < 0) {
                require(length == -1);
                column.addNull();
                at = from;
            } else {
                require(length <= end - from);
                column.add(row, from, length);
                at = from + length;
            }
        }
        require(at == end);
    }

    private void addText(byte[] row, int offset, int end) {
        int last = end - 1;
        require(last >= offset && row[last] == '\n');
        int at = offset;
        for (int i = 0; i < columns.length; i++) {
            int to = TextRow.fieldEnd(row, at, last);
            if (to - at == 2 && row[at] == '\\' && row[at + 1] == 'N') {
                columns[i].addNull();
            } else {
                columns[i].add(row, at, to - at);
            }
            require((to == last) == (i == columns.length - 1));
            at = to + 1;
        }
        require(columns.length > 0 || last == offset);
    }

    private void require(boolean expected) {
        if (!expected) {
            throw new PgkeepException(
                    ErrorCode.DUMP_FAILED,
                    "a row from the server has other fields than its table's " + columns.length + " columns",
                    "Run the backup again; was the table altered meanwhile?");
        }
    }

    /** Rows collected since the last chunk. */
    public int rows() {
        return rows;
    }

    /** Bytes of the collected rows. */
    public long bytes() {
        return bytes;
    }

    /** Forgets the collected rows. */
    public void clear() {
        for (ColumnBuffer column : columns) {
            column.clear();
        }
        rows = 0;
        bytes = 0;
    }

    /** Packs the collected rows, and begins anew. The same rows in the same order give the same bytes. */
    public byte[] chunk() {
        return chunk((chunk, offset, length, seams) -> Arrays.copyOfRange(chunk, offset, offset + length));
    }

    /** Hands out the chunk without a copy. */
    public <R> R chunk(ChunkConsumer<R> taker) {
        out.size = 0;
        out.seamCount = 0;
        out.put(KIND);
        out.put(format.code());
        out.putUnsigned(rows);
        out.putUnsigned(columns.length);
        out.putUnsigned(bytes);
        for (int i = 0; i < columns.length && rows > 0; i++) {
            out.seam();
            writer.write(columns[i], hints.get(i));
        }
        clear();
        return taker.take(out.bytes, 0, out.size, Arrays.copyOf(out.seams, out.seamCount));
    }
}
