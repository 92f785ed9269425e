package dev.pgkeep.repository.pack;

import dev.pgkeep.base.files.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** Fills a pack in memory. Not for several threads; reused after {@link #reset}. */
final class PackBuilder {
    private static final int FIRST_CAPACITY = 1 << 20;

    private final EntryTable entries = new EntryTable(64);
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    private int number;

    PackBuilder(int number) {
        reset(number);
    }

    /** Begins another pack. */
    void reset(int newNumber) {
        number = newNumber;
        entries.clear();
        length = PackFormat.HEADER;
        if (bytes.length > 2 * PackFormat.TARGET) {
            bytes = new byte[FIRST_CAPACITY];
        }
    }

    /** The number its owner gave it. */
    int number() {
        return number;
    }

    boolean isEmpty() {
        return entries.size() == 0;
    }

    /** Whether a chunk still belongs into this pack. */
    boolean fits(int stored) {
        return isEmpty()
                || (long) length + PackFormat.HEAD + stored + trailerLength(entries.size() + 1) <= PackFormat.TARGET;
    }

    /** @return the offset of its stored bytes */
    int append(ChunkId id, ByteBuffer stored, int chunkLength) {
        int storedLength = stored.remaining();
        int offset = length + PackFormat.HEAD;
        grow((long) offset + storedLength);
        ByteBuffer target = ByteBuffer.wrap(bytes, length, bytes.length - length);
        id.put(target);
        target.putInt(storedLength).putInt(chunkLength).put(stored);
        entries.add(id, number, offset, storedLength, chunkLength);
        length = offset + storedLength;
        return offset;
    }

    /**
     * Adds header and trailer; may be repeated.
     *
     * @param salt makes a pack of the same chunks have another name; 0 unless that name is taken by damaged bytes
     */
    Sealed seal(int salt) {
        grow((long) length + trailerLength(entries.size()));
        ByteBuffer target = ByteBuffer.wrap(bytes);
        PackFormat.putMagic(target);
        target.putInt(salt).position(length);
        for (int entry = 0; entry < entries.size(); entry++) {
            entries.id(entry).put(target);
            target.putInt(entries.offset(entry)).putInt(entries.stored(entry)).putInt(entries.length(entry));
        }
        target.putInt(entries.size());
        target.put(PackFormat.hashOfTrailer(
                Arrays.copyOf(bytes, PackFormat.HEADER), Arrays.copyOfRange(bytes, length, target.position())));
        PackFormat.putMagic(target);
        byte[] hash = Sha256.of(bytes, 0, target.position());
        return new Sealed(HexFormat.of().formatHex(hash), bytes, target.position());
    }

    private static long trailerLength(int count) {
        return (long) count * PackFormat.ENTRY + PackFormat.FOOTER;
    }

    private void grow(long wanted) {
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.toIntExact(Math.max(wanted, Math.min(2L * bytes.length, PackFormat.TARGET))));
        }
    }

    /** A pack ready to be stored: the first bytes of an array, valid until the builder is used again. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sealed(String name, byte[] bytes, int length) {}
}
