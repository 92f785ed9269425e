package dev.pgkeep.postgres.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The bytes that a server sends once it has let a client in, which are messages: a letter, a length, content. The
 * driver gets them from here and never more than what is left of one message, so that between two messages it has read
 * nothing that it did not use, and others may take the next one where it lies.
 */
final class MessageInput extends InputStream {
    /** What one call of the system is worth; a message that is longer goes through the driver. */
    static final int BUFFER = 1 << 17;

    private static final int HEAD = 1 + Integer.BYTES;

    private final InputStream source;
    private final byte[] buffer = new byte[BUFFER];
    private int index;
    private int end;
    /** Bytes of the driver's message that it has not read yet. */
    private long left;

    MessageInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && fill(HEAD)) {
            left = messageLength();
        }
        if (index == end) {
            if (left >= BUFFER && length >= BUFFER) {
                int read = source.read(target, offset, (int) Math.min(length, left));
                left -= Math.max(read, 0);
                return read;
            }
            if (!fill(1)) {
                return -1;
            }
        }
        int there = Math.min(length, end - index);
        // Less than the head of a message is there when the connection broke.
        int taken = left == 0 ? there : (int) Math.min(there, left);
        System.arraycopy(buffer, index, target, offset, taken);
        index += taken;
        left = Math.max(0, left - taken);
        return taken;
    }

    private long messageLength() {
        return 1 + Integer.toUnsignedLong(ByteBuffer.wrap(buffer).getInt(index + 1));
    }

    /**
     * Whether the next message has this letter and lies whole in {@link #buffer}, from {@link #from} on; waits for it.
     * False also where the driver is within a message.
     */
    boolean next(char letter) throws IOException {
        if (left > 0 || !fill(HEAD) || buffer[index] != letter) {
            return false;
        }
        long length = messageLength();
        return length >= HEAD && length <= BUFFER && fill((int) length);
    }

    byte[] buffer() {
        return buffer;
    }

    /** The position where the content of the message begins that {@link #next} found. */
    int from() {
        return index + HEAD;
    }

    /** The length of its content. */
    int length() {
        return (int) messageLength() - HEAD;
    }

    /** Goes on to the message after it. */
    void skip() {
        index += (int) messageLength();
    }

    /** Waits until so many bytes are there; false when the stream ends before. */
    private boolean fill(int wanted) throws IOException {
        while (end - index < wanted) {
            if (index > 0 && (buffer.length - end < BUFFER / 2 || buffer.length - index < wanted)) {
                System.arraycopy(buffer, index, buffer, 0, end - index);
                end -= index;
                index = 0;
            }
            int read = source.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    @Override
    public int available() throws IOException {
        return end - index + source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
