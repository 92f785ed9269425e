package dev.pgkeep.repository.pack;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.repository.pack.ChunkIndex.PackName;
import dev.pgkeep.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of index files, see docs/chunked-format.md. A file's name is the SHA-256 of its bytes, so nothing else
 * protects them. All numbers are big-endian.
 */
final class IndexFiles {
    static final String FOLDER = "index";
    static final int VERSION = 1;
    /** Entries of one file; with more, several files are written. Keeps a file at 12 MB. */
    static final int LARGEST = 250_000;

    private static final byte[] MAGIC = "pgkindx".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 16;
    private static final int PACK = 36;
    private static final int PLACE = 16;
    private static final Pattern PATH = Pattern.compile("index/([0-9a-f]{64})\\.idx");

    private IndexFiles() {}

    static String path(String name) {
        return FOLDER + "/" + name + ".idx";
    }

    /** The name of the index file at a path; empty when it is none. */
    static Optional<String> name(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Stores an index as files, and returns their names. */
    static List<String> write(Storage storage, ChunkIndex index) {
        var names = new ArrayList<String>();
        for (int from = 0; from < index.size(); from += LARGEST) {
            byte[] bytes = bytes(index, from, Math.min(index.size(), from + LARGEST));
            String name = Sha256.hex(bytes);
            if (!storage.create(path(name), bytes, 0, bytes.length)
                    && read(storage, name, bytes.length).isEmpty()) {
                storage.delete(path(name));
                storage.create(path(name), bytes, 0, bytes.length);
            }
            names.add(name);
        }
        return names;
    }

    /**
     * Stores an index in place of others: only when it reads back as it was written, the old files go. The caller holds
     * the exclusive lock.
     */
    static void replace(Storage storage, ChunkIndex index, Set<String> old) {
        var names = write(storage, index);
        var unread = new HashSet<>(names);
        for (var file : storage.list(FOLDER)) {
            name(file.path())
                    .filter(unread::contains)
                    .filter(name -> read(storage, name, file.bytes()).isPresent())
                    .ifPresent(unread::remove);
        }
        if (!unread.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    "the new index does not read back as it was written; nothing was removed",
                    "disk, cable, memory or network change data: check the hardware");
        }
        old.stream().filter(name -> !names.contains(name)).forEach(name -> storage.delete(path(name)));
    }

    private static byte[] bytes(ChunkIndex index, int from, int to) {
        var entries = index.entries();
        int[] numbers = new int[index.packs().size()];
        Arrays.fill(numbers, -1);
        var packs = new ArrayList<PackName>();
        for (int entry = from; entry < to; entry++) {
            if (numbers[entries.pack(entry)] < 0) {
                numbers[entries.pack(entry)] = packs.size();
                packs.add(index.pack(entry));
            }
        }
        int count = to - from;
        var target = ByteBuffer.allocate(HEADER + PACK * packs.size() + (ChunkId.BYTES + PLACE) * count);
        target.put(MAGIC).put((byte) VERSION).putInt(packs.size()).putInt(count);
        for (var pack : packs) {
            ChunkId.of(pack.name()).put(target);
            target.putInt(pack.length());
        }
        target.asLongBuffer().put(entries.ids(), 4 * from, 4 * count);
        target.position(target.position() + ChunkId.BYTES * count);
        for (int entry = from; entry < to; entry++) {
            target.putInt(numbers[entries.pack(entry)]).putInt(entries.offset(entry));
            target.putInt(entries.stored(entry)).putInt(entries.length(entry));
        }
        return target.array();
    }

    /**
     * Reads a file; empty when it is damaged or gone.
     *
     * @throws PgkeepException REPOSITORY_INVALID when a newer pgkeep wrote it
     */
    static Optional<Contents> read(Storage storage, String name, long length) {
        byte[] bytes;
        try {
            bytes = storage.read(path(name), 0, Math.toIntExact(length));
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.OBJECT_MISSING || e.code() == ErrorCode.FILE_FAILED) {
                return Optional.empty();
            }
            throw e;
        }
        boolean whole =
                Sha256.hex(bytes).equals(name) && bytes.length >= HEADER && Arrays.equals(bytes, 0, 7, MAGIC, 0, 7);
        if (!whole) {
            return Optional.empty();
        }
        if (bytes[7] != VERSION) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    "a newer pgkeep wrote the index " + path(name) + " (format " + bytes[7] + ", known is " + VERSION
                            + ")",
                    "update pgkeep on this machine");
        }
        return contents(bytes);
    }

    private static Optional<Contents> contents(byte[] file) {
        var bytes = ByteBuffer.wrap(file);
        int packCount = bytes.getInt(8);
        int count = bytes.getInt(12);
        long expected = HEADER + (long) PACK * packCount + (long) (ChunkId.BYTES + PLACE) * count;
        if (packCount < 0 || count < 0 || expected != file.length) {
            return Optional.empty();
        }
        var packs = new ArrayList<PackName>(packCount);
        for (int at = HEADER; packs.size() < packCount; at += PACK) {
            packs.add(new PackName(ChunkId.of(file, at).hex(), bytes.getInt(at + ChunkId.BYTES)));
        }
        return Optional.of(new Contents(packs, count, bytes.position(HEADER + PACK * packCount)));
    }

    /** An intact file: its packs, the number of its entries, and its bytes from the first id on. */
    record Contents(List<PackName> packs, int count, ByteBuffer entries) {
        /** Adds the entries to a table; packs get the numbers that a map gives them. */
        void addTo(EntryTable table, int[] numbers) {
            int first = table.extend(count);
            entries.slice().asLongBuffer().get(table.ids(), 4 * first, 4 * count);
            entries.slice(entries.position() + ChunkId.BYTES * count, PLACE * count)
                    .asIntBuffer()
                    .get(table.places(), 4 * first, 4 * count);
            for (int at = 4 * first; at < 4 * (first + count); at += 4) {
                table.places()[at] = numbers[table.places()[at]];
            }
        }
    }
}
