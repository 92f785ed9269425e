package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.repository.pack.PackFormat.Entry;
import dev.pgkeep.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds out what a pack holds, without an index: from its trailer, or where that is damaged from its chunks. */
final class PackReader {
    private static final int TAIL = 64 << 10;

    private final Storage storage;

    PackReader(Storage storage) {
        this.storage = storage;
    }

    /** The entries that the trailer lists; empty when it, or the header, is damaged. Chunks are not looked at. */
    Optional<List<Entry>> trailer(String name, long length) {
        String path = PackFormat.path(name);
        byte[] header = read(path, 0, PackFormat.HEADER);
        byte[] tail = read(path, Math.max(0, length - TAIL), (int) Math.min(length, TAIL));
        refuseNewer(path, header, tail);
        long needed = needed(tail);
        if (needed > tail.length && needed <= length) {
            tail = read(path, length - needed, Math.toIntExact(needed));
        }
        return trailer(header, tail, length);
    }

    /** The entries that the trailer lists, from the bytes of a whole pack. */
    static Optional<List<Entry>> trailer(byte[] pack) {
        byte[] header = Arrays.copyOf(pack, PackFormat.HEADER);
        return trailer(header, pack, pack.length);
    }

    /** Every chunk that is intact in a damaged pack, found by walking from head to head. */
    static List<Entry> walk(byte[] pack) {
        var found = new ArrayList<Entry>();
        int at = PackFormat.HEADER;
        while (pack.length - at >= PackFormat.HEAD) {
            var head = ByteBuffer.wrap(pack, at + ChunkId.BYTES, 8);
            int stored = head.getInt();
            int length = head.getInt();
            int offset = at + PackFormat.HEAD;
            if (stored < 0 || length < stored || stored > pack.length - offset || length > Limits.CHUNK) {
                break;
            }
            var id = ChunkId.of(pack, at);
            if (StoredChunk.decode(id, pack, offset, stored, length).isPresent()) {
                found.add(new Entry(id, offset, stored, length));
            }
            at = offset + stored;
        }
        return found;
    }

    /**
     * The chunks that can be had from a pack, damaged or not: from its trailer; without one, or with every chunk, from
     * its bytes.
     */
    Found contents(String name, long length, boolean everyChunk) {
        if (!everyChunk) {
            var trailer = trailer(name, length);
            if (trailer.isPresent()) {
                return new Found(trailer.get(), true);
            }
        }
        byte[] bytes = all(name, length);
        refuseNewer(PackFormat.path(name), Arrays.copyOf(bytes, PackFormat.HEADER), bytes);
        boolean whole = Sha256.hex(bytes).equals(name);
        var intact = trailer(bytes).map(entries -> intact(bytes, entries)).orElseGet(() -> walk(bytes));
        return new Found(intact, whole);
    }

    private static List<Entry> intact(byte[] pack, List<Entry> entries) {
        return entries.stream()
                .filter(e -> StoredChunk.decode(e.id(), pack, e.offset(), e.stored(), e.length())
                        .isPresent())
                .toList();
    }

    /** Chunks that a pack holds, and whether nothing in it looked damaged. */
    record Found(List<Entry> entries, boolean whole) {}

    /** The bytes of a pack, as many as are there. */
    byte[] all(String name, long length) {
        return read(PackFormat.path(name), 0, Math.toIntExact(length));
    }

    /** The bytes of a part of a pack, as far as they are there. */
    byte[] range(String name, long offset, int length) {
        return read(PackFormat.path(name), offset, length);
    }

    private byte[] read(String path, long offset, int length) {
        try {
            return storage.read(path, offset, length);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.FILE_FAILED) {
                return new byte[0];
            }
            throw e;
        }
    }

    private static Optional<List<Entry>> trailer(byte[] header, byte[] tail, long length) {
        long needed = needed(tail);
        if (!PackFormat.hasMagic(header, 0) || needed > tail.length || needed + PackFormat.HEADER > length) {
            return Optional.empty();
        }
        int end = tail.length - PackFormat.FOOTER + 4;
        int begin = (int) (tail.length - needed);
        byte[] hash = PackFormat.hashOfTrailer(header, Arrays.copyOfRange(tail, begin, end));
        if (!Arrays.equals(hash, 0, 32, tail, end, end + 32)) {
            return Optional.empty();
        }
        var entries = new ArrayList<Entry>();
        var bytes = ByteBuffer.wrap(tail, begin, end - 4 - begin);
        while (bytes.hasRemaining()) {
            var id = ChunkId.of(tail, bytes.position());
            bytes.position(bytes.position() + ChunkId.BYTES);
            entries.add(new Entry(id, bytes.getInt(), bytes.getInt(), bytes.getInt()));
        }
        return Optional.of(entries);
    }

    /** Bytes of the trailer, read from its end; more than any pack has when that end is not one. */
    private static long needed(byte[] tail) {
        if (tail.length < PackFormat.FOOTER || !PackFormat.hasMagic(tail, tail.length - 8)) {
            return Long.MAX_VALUE / 2;
        }
        int count = ByteBuffer.wrap(tail).getInt(tail.length - PackFormat.FOOTER);
        return count < 0 ? Long.MAX_VALUE / 2 : (long) count * PackFormat.ENTRY + PackFormat.FOOTER;
    }

    private static void refuseNewer(String path, byte[] header, byte[] tail) {
        int version = PackFormat.version(header);
        int again = tail.length < 8 ? 0 : PackFormat.version(Arrays.copyOfRange(tail, tail.length - 8, tail.length));
        if (version > PackFormat.VERSION && version == again) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    "a newer pgkeep wrote the pack " + path + " (format " + version + ", known is " + PackFormat.VERSION
                            + ")",
                    "update pgkeep on this machine");
        }
    }
}
