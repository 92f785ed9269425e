package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A repository with 1,000 backups and 1,000,000 chunks: listing it, and opening it for another backup. */
final class LargeRepository {
    private static final int BACKUPS = 1000;
    private static final int CHUNKS_EACH = 1000;
    private static final int CHUNK_BYTES = 48;
    private static final int WRITERS_PER_STORE = 50;

    private final Options options;
    private final Path repository;
    private final Pgkeep pgkeep;

    /** @param pgkeep of a small database, with a repository that does not exist yet */
    LargeRepository(Options options, Pgkeep pgkeep) {
        this.options = options;
        this.pgkeep = pgkeep;
        this.repository = pgkeep.repository();
    }

    /** The next backup of a small database finds nothing new, so what it takes is opening. */
    void run(Report report, BarTable bars) throws IOException {
        pgkeep.run("backup", "--format", options.format(), "--name", ManyBackups.SEED);
        Measured small = median(() -> again());
        Measured smallList = median(() -> pgkeep.run("list"));
        ManyBackups.add(repository, BACKUPS - 1);
        addChunks();
        Measured list = median(() -> pgkeep.run("list"));
        Measured large = median(() -> again());
        report.heading(BACKUPS + " backups, " + BACKUPS * CHUNKS_EACH + " chunks (" + flavour() + ")");
        report.fact("index and packs", Report.megabytes(pgkeep.bytes()));
        report.fact("list", seconds(smallList) + " with few backups, " + seconds(list) + " with " + BACKUPS);
        report.fact("a backup of nothing new", seconds(small) + " with few chunks, " + seconds(large) + " with many");
        bars.add(Bar.seconds("list of 1,000 backups", 1), flavour(), list.seconds(), cpu(list.clientCpu()));
        bars.add(Bar.memory("list of 1,000 backups"), flavour(), list.peakProcess());
        bars.add(
                Bar.seconds("opening a repository of 1,000,000 chunks", 1),
                flavour(),
                Math.max(0, large.seconds() - small.seconds()),
                cpu(large.clientCpu() - small.clientCpu()));
        bars.add(Bar.memory("opening a repository of 1,000,000 chunks"), flavour(), large.peakProcess());
        pgkeep.forget();
    }

    private Flavour.Kind flavour() {
        return pgkeep.flavour().kind();
    }

    private static String cpu(double seconds) {
        return "CPU " + Report.number(seconds) + " s";
    }

    private static String seconds(Measured measured) {
        return Report.number(measured.seconds()) + " s (CPU " + Report.number(measured.clientCpu()) + " s, "
                + Report.megabytes(measured.peakProcess()) + ")";
    }

    private Measured again() {
        return pgkeep.run("backup", "--format", options.format(), "--no-check");
    }

    private Measured median(Supplier<Measured> run) {
        List<Measured> all = new ArrayList<>();
        for (int i = 0; i < options.rounds(); i++) {
            all.add(run.get());
        }
        return all.stream()
                .sorted(java.util.Comparator.comparingDouble(Measured::seconds))
                .toList()
                .get(all.size() / 2);
    }

    /** As many chunks as so many backups leave behind, each backup with an index of its own. */
    private void addChunks() {
        byte[] chunk = new byte[CHUNK_BYTES];
        Dice dice = new Dice(11);
        for (int backup = 0; backup < BACKUPS; ) {
            ChunkStore store = new ChunkStore(new LocalStorage(repository));
            for (int n = 0; n < WRITERS_PER_STORE && backup < BACKUPS; n++, backup++) {
                try (var writer = store.writer(1)) {
                    for (int i = 0; i < CHUNKS_EACH; i++) {
                        dice.bytes(chunk);
                        ByteBuffer.wrap(chunk).putInt(backup).putInt(i);
                        writer.put(chunk, 0, chunk.length);
                    }
                    writer.finish(false);
                }
            }
        }
    }
}
