package dev.pgkeep.operation.diff;

import com.dynatrace.hash4j.hashing.HashValue128;
import dev.pgkeep.repository.contents.rows.FieldSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Makes the bytes of a {@link Row} out of the values of a table, of which some are compared, maybe in another order.
 */
final class RowBuilder implements FieldSink {
    private static final int WIDE = 1 << 15;

    /** The place of each column of the table among those that are compared; -1 where it is not. */
    private final int[] places;

    private final byte[][] values;
    private final Charset charset;
    private final WideValues.File wide;
    private final RowConsumer taker;
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private final HashCounts.Growing hash = new HashCounts.Growing();
    private int column;
    private boolean absent;
    /** The position in the file where the value began; -1 while it is short. */
    private long wideAt = -1;

    private long wideLength;

    /** Takes rows. */
    interface RowConsumer {
        void take(byte[] row);
    }

    RowBuilder(int[] places, int compared, Charset charset, WideValues.File wide, RowConsumer taker) {
        this.places = places.clone();
        this.values = new byte[compared][];
        this.charset = charset;
        this.wide = wide;
        this.taker = taker;
    }

    @Override
    public void absent() {
        absent = true;
    }

    @Override
    public void part(byte[] bytes, int offset, int length) {
        if (places[column] < 0) {
            return;
        }
        value.write(bytes, offset, length);
        boolean unicode = charset.equals(StandardCharsets.UTF_8);
        if (unicode && value.size() > WIDE) {
            spill(value.toByteArray());
            value.reset();
        }
    }

    @Override
    public void endValue() {
        int place = places[column++];
        if (place >= 0) {
            values[place] = ended();
        }
        value.reset();
        absent = false;
        wideAt = -1;
        wideLength = 0;
    }

    @Override
    public void endRow() {
        int length = 0;
        for (byte[] each : values) {
            length += each.length;
        }
        ByteBuffer row = ByteBuffer.allocate(length);
        for (byte[] each : values) {
            row.put(each);
        }
        taker.take(row.array());
        column = 0;
    }

    private byte[] ended() {
        if (absent) {
            return new byte[] {Row.NULL};
        }
        byte[] text = converted(value.toByteArray());
        if (wideAt < 0 && text.length <= WIDE) {
            return ByteBuffer.allocate(1 + Integer.BYTES + text.length)
                    .put(Row.INLINE)
                    .putInt(text.length)
                    .put(text)
                    .array();
        }
        spill(text);
        HashValue128 sum = hash.end();
        return ByteBuffer.allocate(1 + 2 * Long.BYTES + Row.HASH)
                .put(Row.WIDE)
                .putLong(wideAt)
                .putLong(wideLength)
                .putLong(sum.getMostSignificantBits())
                .putLong(sum.getLeastSignificantBits())
                .array();
    }

    private byte[] converted(byte[] text) {
        return charset.equals(StandardCharsets.UTF_8)
                ? text
                : new String(text, charset).getBytes(StandardCharsets.UTF_8);
    }

    private void spill(byte[] bytes) {
        long at = wide.append(bytes, 0, bytes.length);
        wideAt = wideAt < 0 ? at : wideAt;
        wideLength += bytes.length;
        hash.add(bytes, 0, bytes.length);
    }
}
