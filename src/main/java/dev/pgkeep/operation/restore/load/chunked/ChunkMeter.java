package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The meter of a load: bytes of chunks of rows, and what is being worked on. Thread-safe. */
final class ChunkMeter {
    private static final Pattern CREATING = Pattern.compile("creating (INDEX|CONSTRAINT|FK CONSTRAINT) \"(.*)\"$");

    private final ChunkStore store;
    private final Progress progress;
    private long total;
    private long done;
    private @Nullable String item;

    ChunkMeter(ChunkStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
    }

    /** Bytes of an extent's rows, as far as the store's index tells. */
    long size(Extent extent) {
        return extent.chunks().stream()
                .mapToLong(chunk ->
                        store.find(chunk.base()).map(ChunkStore.Place::length).orElse(0))
                .sum();
    }

    synchronized void expect(long bytes) {
        total += bytes;
    }

    synchronized void on(String what) {
        item = what;
        report();
    }

    synchronized void add(long bytes) {
        done += bytes;
        report();
    }

    /** A line of pg_restore. */
    void stderr(String line) {
        Matcher creating = CREATING.matcher(line);
        if (creating.find()) {
            on(creating.group(1).toLowerCase(Locale.ROOT) + " " + creating.group(2));
        }
    }

    private void report() {
        progress.advance(new Progress.Amount(done, total, done, item));
    }
}
