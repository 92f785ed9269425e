package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.storage.Storage;
import java.util.List;
import java.util.Random;

/** Chunks for tests. */
final class Chunks {
    private Chunks() {}

    /** Bytes that do not compress. */
    static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Bytes that do. */
    static byte[] text(long seed, int length) {
        byte[] bytes = new byte[length];
        var random = new Random(seed);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(4));
        }
        return bytes;
    }

    /** Stores chunks with one writer, and finishes it. */
    static List<ChunkId> put(ChunkStore store, List<byte[]> chunks) {
        try (var writer = store.writer(1)) {
            var ids = chunks.stream()
                    .map(each -> writer.put(each, 0, each.length).id())
                    .toList();
            writer.finish(true);
            return ids;
        }
    }

    static List<String> packs(Storage storage) {
        return storage.list("packs").stream()
                .map(each -> PackFormat.name(each.path()).orElseThrow())
                .toList();
    }
}
