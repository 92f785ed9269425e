package dev.pgkeep.backup.chunked;

import dev.pgkeep.pack.ChunkWriter.Added;
import java.util.concurrent.atomic.LongAdder;

/** Adds up chunks, from several threads. A chunk that occurs twice counts twice. */
final class Tally {
    private final LongAdder count = new LongAdder();
    private final LongAdder length = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder newCount = new LongAdder();
    private final LongAdder newBytes = new LongAdder();

    void add(Added chunk, int uncompressed) {
        count.increment();
        length.add(uncompressed);
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
