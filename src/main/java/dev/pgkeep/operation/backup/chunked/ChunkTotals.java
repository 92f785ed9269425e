package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.repository.pack.ChunkWriter.Added;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Adds up chunks, from several threads. A chunk that occurs twice counts twice. */
final class ChunkTotals {
    private final LongAdder count = new LongAdder();
    private final LongAdder length = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder newCount = new LongAdder();
    private final LongAdder newBytes = new LongAdder();

    void add(Added chunk, int uncompressed) {
        add(List.of(chunk), uncompressed);
    }

    /** @param chunks those that are stored for one that has so many bytes */
    void add(List<Added> chunks, int uncompressed) {
        length.add(uncompressed);
        chunks.forEach(this::add);
    }

    private void add(Added chunk) {
        count.increment();
        bytes.add(chunk.stored());
        if (chunk.isNew()) {
            newCount.increment();
            newBytes.add(chunk.stored());
        }
    }

    long count() {
        return count.sum();
    }

    long length() {
        return length.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    long newCount() {
        return newCount.sum();
    }

    long newBytes() {
        return newBytes.sum();
    }
}
