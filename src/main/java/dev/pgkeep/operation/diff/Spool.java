package dev.pgkeep.operation.diff;

import dev.pgkeep.format.columnar.RowConsumer;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Rows that are kept to be looked at again: in memory while they are few, else in a temporary file. */
final class Spool implements RowConsumer, AutoCloseable {
    private static final int IN_MEMORY = 8 << 20;
    private static final int HEAD = 5;
    private static final byte WHOLE = 0;
    private static final byte PIECE = 1;
    private static final byte LAST = 2;

    private final SpillFile file = new SpillFile();
    private byte[] memory = new byte[1 << 16];
    private int used;
    private boolean overflown;

    @Override
    public void row(byte[] bytes, int offset, int length) {
        add(WHOLE, bytes, offset, length);
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        add(last ? LAST : PIECE, bytes, offset, length);
    }

    /** Gives everything again, in order. */
    void replay(RowConsumer taker) {
        for (int at = 0; at < used; ) {
            int length = ByteBuffer.wrap(memory, at + 1, Integer.BYTES).getInt();
            give(memory[at], memory, at + HEAD, length, taker);
            at += HEAD + length;
        }
        byte[] head = new byte[HEAD];
        for (long at = 0; at < file.size(); ) {
            file.read(at, head, 0, HEAD);
            byte[] bytes = new byte[ByteBuffer.wrap(head, 1, Integer.BYTES).getInt()];
            file.read(at + HEAD, bytes, 0, bytes.length);
            give(head[0], bytes, 0, bytes.length, taker);
            at += HEAD + bytes.length;
        }
    }

    void clear() {
        used = 0;
        overflown = false;
        if (file.size() > 0) {
            file.clear();
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private static void give(byte kind, byte[] bytes, int offset, int length, RowConsumer taker) {
        if (kind == WHOLE) {
            taker.row(bytes, offset, length);
        } else {
            taker.piece(bytes, offset, length, kind == LAST);
        }
    }

    private void add(byte kind, byte[] bytes, int offset, int length) {
        byte[] head = ByteBuffer.allocate(HEAD).put(kind).putInt(length).array();
        // Once something is in the file everything is, for the sake of the order.
        overflown |= used + (long) HEAD + length > IN_MEMORY;
        if (overflown) {
            file.append(head, 0, HEAD);
            file.append(bytes, offset, length);
            return;
        }
        if (used + HEAD + length > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(used + HEAD + length, Math.min(IN_MEMORY, 2 * memory.length)));
        }
        System.arraycopy(head, 0, memory, used, HEAD);
        System.arraycopy(bytes, offset, memory, used + HEAD, length);
        used += HEAD + length;
    }
}
