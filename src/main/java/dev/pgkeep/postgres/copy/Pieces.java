package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.pgtext.CopyTextFormat;

/** Cuts the bytes of one wide row into pieces of the same length. */
final class Pieces {
    private final RowConsumer taker;
    private final byte[] piece = new byte[RangeReader.PIECE_BYTES];
    private int filled;

    Pieces(RowConsumer taker) {
        this.taker = taker;
    }

    /** @param value its lowest byte counts */
    void write(int value) {
        if (filled == piece.length) {
            flush(false);
        }
        piece[filled++] = (byte) value;
    }

    void write(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (filled == piece.length) {
                flush(false);
            }
            int part = Math.min(length - done, piece.length - filled);
            System.arraycopy(bytes, offset + done, piece, filled, part);
            filled += part;
            done += part;
        }
    }

    /** Text as COPY's text form has it. */
    void writeEscaped(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte value = bytes[i];
            byte letter = CopyTextFormat.letter(value);
            if (letter != 0) {
                write('\\');
                write(letter);
            } else {
                write(value);
            }
        }
    }

    void end() {
        flush(true);
    }

    private void flush(boolean last) {
        taker.piece(piece, 0, filled, last);
        filled = 0;
    }
}
