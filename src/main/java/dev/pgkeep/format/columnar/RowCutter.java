package dev.pgkeep.format.columnar;

import java.io.IOException;

/** Finds where rows end in a stream of COPY: whole rows, and pieces of wide ones. Not for several threads. */
public final class RowCutter implements RowSink {
    private static final int UNKNOWN = -1;

    private final RowConsumer taker;
    private final boolean binary;
    /** Whether a row has begun in an earlier buffer. */
    private boolean within;
    /** The fields of a binary row that have not ended; UNKNOWN before their count has been read. */
    private int fields = UNKNOWN;
    /** The bytes of the current value of a binary row that are still to come. */
    private int left;
    /** Bytes of a number that began in an earlier buffer. */
    private int number;

    private int numberBytes;
    private boolean escaped;

    public RowCutter(RowFormat format, RowConsumer taker) {
        this.binary = format == RowFormat.BINARY;
        this.taker = taker;
    }

    @Override
    public void rows(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int start = offset; start < end; ) {
            int next = binary ? binaryEnd(bytes, start, end) : textEnd(bytes, start, end);
            boolean ended = next >= 0;
            int stop = ended ? next : end;
            if (ended && !within) {
                taker.row(bytes, start, stop - start);
            } else {
                taker.piece(bytes, start, stop - start, ended);
            }
            within = !ended;
            start = stop;
        }
    }

    /** The position where the row ends, or -1 when it goes on behind the end. */
    private int textEnd(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            byte octet = bytes[at];
            if (escaped) {
                escaped = false;
            } else if (octet == '\\') {
                escaped = true;
            } else if (octet == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    private int binaryEnd(byte[] bytes, int from, int end) {
        int at = from;
        while (true) {
            int skipped = Math.min(left, end - at);
            at += skipped;
            left -= skipped;
            if (left > 0) {
                return -1;
            }
            if (fields == 0) {
                fields = UNKNOWN;
                return at;
            }
            int wanted = fields == UNKNOWN ? Short.BYTES : Integer.BYTES;
            while (numberBytes < wanted && at < end) {
                number = number << Byte.SIZE | bytes[at++] & 0xff;
                numberBytes++;
            }
            if (numberBytes < wanted) {
                return -1;
            }
            take(wanted);
        }
    }

    private void take(int width) {
        if (width == Short.BYTES) {
            fields = number;
        } else {
            fields--;
            left = Math.max(0, number);
        }
        number = 0;
        numberBytes = 0;
    }
}
