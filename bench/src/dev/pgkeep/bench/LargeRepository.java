package dev.pgkeep.bench;

import dev.pgkeep.bench.Bars.Bar;
import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A repository with 1,000 backups and 1,000,000 chunks: listing it, and opening it for another backup. */
final class LargeRepository {
    private static final int BACKUPS = 1000;
    private static final int CHUNKS_EACH = 1000;
    private static final int CHUNK_BYTES = 48;
    private static final int WRITERS_PER_STORE = 50;
    private static final long MEMORY = 300L << 20;
    private static final String SEED = "seed";

    private final Options options;
    private final Path repository;
    private final Pgkeep pgkeep;

    LargeRepository(Options options, Server server, Meter meter) {
        this.options = options;
        this.pgkeep = Pgkeep.of(options, meter, server.url(Database.TEMPLATE), "large-repository");
        this.repository = pgkeep.repository();
    }

    /** The template is a small database; its next backup finds nothing new, so what it takes is opening. */
    String run() throws IOException {
        pgkeep.run("backup", "--format", options.format(), "--name", SEED);
        Measured small = median(() -> again());
        Measured smallList = median(() -> pgkeep.run("list"));
        addBackups();
        addChunks();
        Measured list = median(() -> pgkeep.run("list"));
        Measured large = median(() -> again());
        Report report = new Report().heading(BACKUPS + " backups, " + BACKUPS * CHUNKS_EACH + " chunks");
        report.fact("index and packs", Report.megabytes(pgkeep.bytes()));
        report.fact("list", seconds(smallList) + " with few backups, " + seconds(list) + " with " + BACKUPS);
        report.fact("a backup of nothing new", seconds(small) + " with few chunks, " + seconds(large) + " with many");
        double opening = Math.max(0, large.seconds() - small.seconds());
        report.bars(List.of(
                bar("listing 1,000 backups: under 1 s and 300 MB", list.seconds(), list.clientCpu(), list.peakJava()),
                bar(
                        "opening a repository of 1,000,000 chunks: under 1 s and 300 MB",
                        opening,
                        large.clientCpu() - small.clientCpu(),
                        large.peakJava())));
        pgkeep.forget();
        return report.toString();
    }

    private static Bar bar(String text, double seconds, double cpu, long peak) {
        return new Bar(
                text,
                Report.number(seconds) + " s (CPU " + Report.number(cpu) + " s), " + Report.megabytes(peak),
                seconds < 1 && peak < MEMORY);
    }

    private static String seconds(Measured measured) {
        return Report.number(measured.seconds()) + " s (CPU " + Report.number(measured.clientCpu()) + " s, "
                + Report.megabytes(measured.peakJava()) + ")";
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

    /** Metadata and marks of a real backup, under other names and times. */
    private void addBackups() throws IOException {
        String metadata = Files.readString(repository.resolve(SEED + ".json"));
        String created = metadata.replaceAll("(?s).*?\"created\": *\"([^\"]+)\".*", "$1");
        List<Path> marks = marks();
        for (int i = 1; i < BACKUPS; i++) {
            String name = "seed-" + i;
            String then = Instant.parse(created).minus(i * 7L, ChronoUnit.HOURS).toString();
            Files.writeString(
                    repository.resolve(name + ".json"), renamed(metadata, name).replace(created, then));
            for (Path mark : marks) {
                String rest = mark.getFileName().toString().substring(SEED.length());
                Files.writeString(mark.resolveSibling(name + rest), renamed(Files.readString(mark), name));
            }
        }
    }

    private List<Path> marks() throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("marks"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(SEED + "."))
                    .toList();
        }
    }

    private static String renamed(String json, String name) {
        return json.replace("\"" + SEED + "\"", "\"" + name + "\"");
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
