package dev.pgkeep.operation.diff;

import dev.pgkeep.base.error.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A private temporary file for what has no room in memory, made with the first byte that is written. It has no name as
 * soon as it is open, where the system allows that, so that even a killed run leaves nothing.
 */
final class SpillFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private @Nullable FileChannel channel;
    private @Nullable Path path;
    private long size;

    /** Bytes written. */
    long size() {
        return size;
    }

    /** @return where it begins */
    long append(byte[] bytes, int offset, int length) {
        long at = size;
        size += length;
        if (length > buffer.remaining()) {
            flush();
        }
        if (length > buffer.capacity()) {
            write(ByteBuffer.wrap(bytes, offset, length));
        } else {
            buffer.put(bytes, offset, length);
        }
        return at;
    }

    void read(long position, byte[] into, int offset, int length) {
        flush();
        try {
            ByteBuffer target = ByteBuffer.wrap(into, offset, length);
            while (target.hasRemaining()) {
                if (opened().read(target, position + target.position() - offset) < 0) {
                    throw new IOException("a temporary file is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    /** The bytes that were written from a position on, up to a length. */
    InputStream stream(long position, long length) {
        return new InputStream() {
            private long at = position;
            private final long end = position + length;
            private final byte[] ahead = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
            private int next;
            private int filled;

            @Override
            public int read() {
                return fill() ? ahead[next++] & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int offset, int wanted) {
                if (wanted == 0) {
                    return 0;
                }
                if (!fill()) {
                    return -1;
                }
                int count = Math.min(wanted, filled - next);
                System.arraycopy(ahead, next, target, offset, count);
                next += count;
                return count;
            }

            private boolean fill() {
                if (next == filled) {
                    next = 0;
                    filled = (int) Math.min(ahead.length, end - at);
                    SpillFile.this.read(at, ahead, 0, filled);
                    at += filled;
                }
                return filled > 0;
            }
        };
    }

    /** Appends what is written. */
    OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int octet) {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                append(bytes, offset, length);
            }
        };
    }

    /** Clears the file, to begin again. */
    void clear() {
        buffer.clear();
        size = 0;
        try {
            if (channel != null) {
                channel.truncate(0);
                channel.position(0);
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It is a temporary file: the system clears it.
        }
    }

    private void flush() {
        buffer.flip();
        if (buffer.hasRemaining()) {
            write(buffer);
        }
        buffer.clear();
    }

    private void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                opened().write(bytes);
            }
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    private FileChannel opened() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            Path file = Files.createTempFile(Path.of(System.getProperty("java.io.tmpdir")), "pgkeep-diff-", ".rows");
            open = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel = open;
            try {
                Files.delete(file);
            } catch (IOException e) {
                // Where an open file cannot be removed, it goes when it is closed.
                path = file;
            }
        }
        return open;
    }
}
