package dev.pgkeep.repository.pack;

import dev.pgkeep.base.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a pack, see docs/chunked-format.md: header; for each chunk its head and its stored bytes; trailer. All
 * numbers are big-endian. Everything in the trailer stands in the heads too, so a pack that lost its end is still of
 * use.
 */
final class PackFormat {
    static final String FOLDER = "packs";
    static final int VERSION = 1;
    /** Packs are closed before they grow beyond that, unless a single chunk does. */
    static final int TARGET = 16 << 20;

    static final byte[] MAGIC = "pgkpack".getBytes(StandardCharsets.US_ASCII);
    /** Magic, version, salt. */
    static final int HEADER = 12;
    /** Id, stored length, length: before every chunk. */
    static final int HEAD = ChunkId.BYTES + 8;
    /** Id, offset, stored length, length: in the trailer. */
    static final int ENTRY = ChunkId.BYTES + 12;
    /** Number of entries, SHA-256 of header, entries and number, magic and version: the last bytes of a pack. */
    static final int FOOTER = 4 + 32 + 8;

    private static final Pattern PATH = Pattern.compile("packs/([0-9a-f]{2})/(\\1[0-9a-f]{62})\\.pack");

    private PackFormat() {}

    static String path(String name) {
        return FOLDER + "/" + name.substring(0, 2) + "/" + name + ".pack";
    }

    /** The name of the pack at a path; empty when it is none. */
    static Optional<String> name(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    static void putMagic(ByteBuffer target) {
        target.put(MAGIC).put((byte) VERSION);
    }

    /** Whether magic and version stand at that place. */
    static boolean hasMagic(byte[] bytes, int offset) {
        return offset >= 0
                && bytes.length >= offset + 8
                && Arrays.equals(bytes, offset, offset + 7, MAGIC, 0, 7)
                && bytes[offset + 7] == VERSION;
    }

    /** The version of a pack that begins with our magic; 0 when it does not. */
    static int version(byte[] bytes) {
        return bytes.length >= 8 && Arrays.equals(bytes, 0, 7, MAGIC, 0, 7) ? bytes[7] & 0xFF : 0;
    }

    static byte[] hashOfTrailer(byte[] header, byte[] entriesAndCount) {
        byte[] both = Arrays.copyOf(header, HEADER + entriesAndCount.length);
        System.arraycopy(entriesAndCount, 0, both, HEADER, entriesAndCount.length);
        return Sha256.of(both, 0, both.length);
    }

    /** A chunk in a pack; offset is where its stored bytes begin. */
    record Entry(ChunkId id, int offset, int stored, int length) {}

    /** The list of what a pack says it holds. */
    record Trailer(List<Entry> entries) {}
}
