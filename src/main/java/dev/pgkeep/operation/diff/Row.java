package dev.pgkeep.operation.diff;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The values of one row as texts in UTF-8, in the order of the columns that are compared. Wide values lie in a
 * temporary file; here is only where, and their hash.
 *
 * <p>Its bytes: for each value 0 (NULL), or 1, its length and its bytes, or 2, its position in the file, its length,
 * and 16 bytes of hash.
 */
final class Row {
    static final byte NULL = 0;
    static final byte INLINE = 1;
    static final byte WIDE = 2;
    static final int HASH = 16;

    private final byte[] bytes;
    private final int[] starts;
    private final WideValues wide;

    Row(byte[] bytes, int columns, WideValues wide) {
        this.bytes = bytes;
        this.wide = wide;
        this.starts = new int[columns + 1];
        int at = 0;
        for (int i = 0; i < columns; i++) {
            starts[i] = at;
            at += switch (bytes[at]) {
                case NULL -> 1;
                case INLINE -> 1 + Integer.BYTES + number(at + 1);
                default -> 1 + 2 * Long.BYTES + HASH;
            };
        }
        starts[columns] = at;
    }

    boolean isNull(int column) {
        return bytes[starts[column]] == NULL;
    }

    /** Bytes of its text; 0 for NULL. */
    long length(int column) {
        int at = starts[column];
        return switch (bytes[at]) {
            case NULL -> 0;
            case INLINE -> number(at + 1);
            default -> ByteBuffer.wrap(bytes).getLong(at + 1 + Long.BYTES);
        };
    }

    boolean isSame(int column, Row other, int otherColumn) {
        int at = starts[column];
        int there = other.starts[otherColumn];
        if (bytes[at] == WIDE && other.bytes[there] == WIDE) {
            return Arrays.equals(
                    bytes,
                    at + 1 + Long.BYTES,
                    starts[column + 1],
                    other.bytes,
                    there + 1 + Long.BYTES,
                    other.starts[otherColumn + 1]);
        }
        return Arrays.equals(bytes, at, starts[column + 1], other.bytes, there, other.starts[otherColumn + 1]);
    }

    /** The text; must not be NULL. */
    InputStream stream(int column) {
        int at = starts[column];
        if (bytes[at] == INLINE) {
            return new ByteArrayInputStream(bytes, at + 1 + Integer.BYTES, number(at + 1));
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return wide.stream(fields.getLong(at + 1), fields.getLong(at + 1 + Long.BYTES));
    }

    /** The beginning of the text, and an ellipsis where there is more; {@code NULL} for NULL. */
    String shown(int column, int longest) {
        if (isNull(column)) {
            return "NULL";
        }
        try (InputStream in = stream(column)) {
            String text = new String(in.readNBytes(4 * longest), StandardCharsets.UTF_8);
            boolean more = length(column) > 4L * longest || text.length() > longest;
            return more ? text.substring(0, Math.min(longest, text.length())) + "…" : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the value is here, neither NULL nor a wide one. */
    boolean isHeld(int column) {
        return bytes[starts[column]] == INLINE;
    }

    /** The text of a value that is here. */
    String text(int column) {
        int at = starts[column];
        return new String(bytes, at + 1 + Integer.BYTES, number(at + 1), StandardCharsets.UTF_8);
    }

    /** Adds what the value is, wherever it lies. */
    void hash(int column, HashCounts.Growing into) {
        int at = starts[column];
        int from = bytes[at] == WIDE ? at + 1 + Long.BYTES : at;
        into.add(bytes, from, starts[column + 1] - from);
    }

    void hashAll(HashCounts.Growing into) {
        for (int i = 0; i + 1 < starts.length; i++) {
            hash(i, into);
        }
    }

    private int number(int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }
}
