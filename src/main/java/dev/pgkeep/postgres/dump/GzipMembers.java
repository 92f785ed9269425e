package dev.pgkeep.postgres.dump;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The content of a gzip file with all its members. The JDK's own reader takes whatever it does not understand behind a
 * member for the end of the file, so that a second member with a damaged header is missing without a word; here nothing
 * may follow but another member, or zeros, as tapes have them. Source: RFC 1952, and what {@code gzip -t} refuses.
 */
final class GzipMembers extends InputStream {
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATE = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;
    /** Time, level and system, of no interest here. */
    private static final int TIME_LEVEL_SYSTEM = 6;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 content = new CRC32();
    private final CRC32 header = new CRC32();
    private final byte[] buffer;
    /** The position of what was read and is not used yet, up to {@code filled}. */
    private int at;

    private int filled;
    private boolean ended;

    /** @throws IOException when it does not begin with a member */
    GzipMembers(InputStream in, int buffer) throws IOException {
        this.in = in;
        this.buffer = new byte[buffer];
        readHeader(next());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        try {
            while (!ended && length > 0) {
                int count = inflater.inflate(bytes, from, length);
                if (count > 0) {
                    content.update(bytes, from, count);
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("it needs a dictionary");
                } else {
                    fill();
                }
            }
            return length == 0 ? 0 : -1;
        } catch (DataFormatException e) {
            throw new ZipException(String.valueOf(e.getMessage()));
        }
    }

    private void fill() throws IOException {
        if (at == filled && !more()) {
            throw cutOff();
        }
        inflater.setInput(buffer, at, filled - at);
        at = filled;
    }

    /** Fills the buffer anew; says whether there was anything. */
    private boolean more() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    private void endMember() throws IOException {
        at = filled - inflater.getRemaining();
        if (littleEndian() != content.getValue()) {
            throw new ZipException("its checksum is wrong");
        }
        if (littleEndian() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("its length is wrong");
        }
        inflater.reset();
        content.reset();
        int first = nextOrEnd();
        if (first > 0) {
            readHeader(first);
            return;
        }
        while (first == 0) {
            first = nextOrEnd();
        }
        if (first > 0) {
            throw garbage();
        }
        ended = true;
    }

    private void readHeader(int first) throws IOException {
        header.reset();
        header.update(first);
        if (first != MAGIC_1 || headerByte() != MAGIC_2) {
            throw garbage();
        }
        if (headerByte() != DEFLATE) {
            throw new ZipException("it is compressed by an unknown method");
        }
        int flags = headerByte();
        if ((flags & RESERVED) != 0) {
            throw new ZipException("its header has unknown flags");
        }
        skip(TIME_LEVEL_SYSTEM);
        if ((flags & EXTRA) != 0) {
            skip(headerByte() | headerByte() << 8);
        }
        skipText((flags & NAME) != 0);
        skipText((flags & COMMENT) != 0);
        if ((flags & HEADER_CHECKSUM) != 0) {
            long expected = header.getValue() & 0xffff;
            if ((next() | next() << 8) != expected) {
                throw new ZipException("the checksum of its header is wrong");
            }
        }
    }

    private int headerByte() throws IOException {
        int each = next();
        header.update(each);
        return each;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            headerByte();
        }
    }

    private void skipText(boolean there) throws IOException {
        while (there && headerByte() != 0) {
            // Up to the zero that ends it.
        }
    }

    private long littleEndian() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private int next() throws IOException {
        int each = nextOrEnd();
        if (each < 0) {
            throw cutOff();
        }
        return each;
    }

    private int nextOrEnd() throws IOException {
        return at < filled || more() ? buffer[at++] & 0xff : -1;
    }

    private static EOFException cutOff() {
        return new EOFException("the end of the compressed data is missing");
    }

    private static ZipException garbage() {
        return new ZipException("what follows the compressed data is none");
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
