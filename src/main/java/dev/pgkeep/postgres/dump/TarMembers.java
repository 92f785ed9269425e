package dev.pgkeep.postgres.dump;

import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The members of a tar file, from the first to the two empty blocks that end it. pg_restore stops reading at the last
 * member it needs, so that it misses a cut behind it, and takes rows that were cut off for fewer rows. Source: the
 * format ustar of POSIX, and tarCreateHeader in PostgreSQL's tar.c.
 */
final class TarMembers {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int OCTAL = 8;

    private final InputStream in;
    /** The last bytes of each member. */
    private final Map<String, byte[]> ends = new HashMap<>();

    private TarMembers(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the file to its end, without the rows where the stream can skip them.
     *
     * @param in the tar file from its first byte
     * @throws IOException when it is cut off or makes no sense
     * @throws dev.pgkeep.base.error.PgkeepException BACKUP_DAMAGED that names the table whose rows are missing or cut
     *     off
     */
    static void check(InputStream in, Path path, ArchiveListing listing) throws IOException {
        TarMembers members = new TarMembers(in);
        members.read();
        for (Entry entry : listing.ofType("TABLE DATA")) {
            String file = entry.file().orElse("");
            byte[] end = members.ends.get(file);
            if (!file.isEmpty() && end == null) {
                throw DataFiles.damaged(path.resolve(file), entry, "is missing");
            }
            if (end != null && !DataFiles.isWhole(end)) {
                throw DataFiles.damaged(path.resolve(file), entry, "is cut off");
            }
        }
    }

    /** The first member alone. */
    static InputStream first(InputStream in) throws IOException {
        TarMembers members = new TarMembers(in);
        byte[] header = members.block();
        checkSum(header);
        return new Part(in, number(header, SIZE_AT, SIZE_LENGTH));
    }

    /** The next so many bytes of a stream. */
    private static final class Part extends FilterInputStream {
        private long left;

        private Part(InputStream in, long left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            int each = left > 0 ? in.read() : -1;
            left -= each < 0 ? 0 : 1;
            return each;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int count = in.read(bytes, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    private void read() throws IOException {
        for (byte[] header = block(); !isEmpty(header); header = block()) {
            checkSum(header);
            long size = number(header, SIZE_AT, SIZE_LENGTH);
            long last = Math.min(size, DataFiles.TAIL);
            in.skipNBytes(size - last);
            byte[] end = readFully((int) last);
            in.skipNBytes(Math.floorMod(-size, BLOCK));
            ends.put(name(header), end);
        }
        if (!isEmpty(block())) {
            throw new IOException("its end is not that of a tar file");
        }
        in.transferTo(OutputStream.nullOutputStream());
    }

    private byte[] block() throws IOException {
        return readFully(BLOCK);
    }

    private byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the end of the tar file is missing");
        }
        return bytes;
    }

    private static void checkSum(byte[] header) throws IOException {
        long sum = 0;
        for (int at = 0; at < BLOCK; at++) {
            boolean inSum = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_LENGTH;
            sum += inSum ? ' ' : header[at] & 0xff;
        }
        if (sum != number(header, CHECKSUM_AT, CHECKSUM_LENGTH)) {
            throw new IOException("the header of a member has a wrong checksum");
        }
    }

    /** Octal digits, or from 8 GiB on a binary number behind a first byte of 128. */
    private static long number(byte[] header, int from, int length) throws IOException {
        try {
            if (header[from] < 0) {
                return new BigInteger(1, Arrays.copyOfRange(header, from + 1, from + length)).longValueExact();
            }
            String digits = new String(header, from, length, StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
            return Long.parseUnsignedLong(digits, OCTAL);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IOException("the header of a member makes no sense", e);
        }
    }

    private static String name(byte[] header) {
        String name = new String(header, 0, NAME, StandardCharsets.UTF_8);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    private static boolean isEmpty(byte[] block) {
        for (byte each : block) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }
}
