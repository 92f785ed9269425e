package dev.pgkeep.repository.pack;

import dev.pgkeep.repository.storage.LocalStorage;
import dev.pgkeep.repository.storage.Storage.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Measures writing and reading; not a test. Arguments: a folder, threads, level. */
final class Throughput {
    private static final int CHUNK = 1 << 20;
    private static final int COUNT = 384;

    private Throughput() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[1]);
        int level = Integer.parseInt(args[2]);
        for (int round = 0; round < 3; round++) {
            Path folder = Files.createTempDirectory(Path.of(args[0]), "throughput");
            measure(folder, threads, level, round);
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static void measure(Path folder, int threads, int level, int seed) throws Exception {
        byte[] source = rows(seed, CHUNK + COUNT * 101);
        var store = new ChunkStore(new LocalStorage(folder));
        var ids = new ArrayList<ChunkId>();
        long begin = System.nanoTime();
        double cpu = cpuSeconds();
        try (var writer = store.writer(level)) {
            var tasks = new ArrayList<Future<ChunkId>>();
            try (var pool = Executors.newFixedThreadPool(threads)) {
                for (int i = 0; i < COUNT; i++) {
                    int offset = 101 * i;
                    tasks.add(
                            pool.submit(() -> writer.put(source, offset, CHUNK).id()));
                }
                for (var task : tasks) {
                    ids.add(task.get());
                }
            }
            double put = (System.nanoTime() - begin) / 1e9;
            writer.finish(false);
            double finish = (System.nanoTime() - begin) / 1e9;
            long bytes = store.storage().list("packs").stream()
                    .mapToLong(Stored::bytes)
                    .sum();
            System.out.printf(
                    "%d threads, level %d: put %.0f MB/s, with finish %.0f MB/s, %.0f MB for a CPU second, ratio %.2f%n",
                    threads,
                    level,
                    COUNT / put,
                    COUNT / finish,
                    COUNT / (cpuSeconds() - cpu),
                    1.0 * COUNT * CHUNK / bytes);
        }
        begin = System.nanoTime();
        cpu = cpuSeconds();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            ids.forEach(id -> pool.execute(() -> store.read(id)));
        }
        double read = (System.nanoTime() - begin) / 1e9;
        System.out.printf("read %.0f MB/s, %.0f MB for a CPU second%n", COUNT / read, COUNT / (cpuSeconds() - cpu));
    }

    private static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private static byte[] rows(int seed, int length) throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(1_000_000)).append("\tcustomer").append(random.nextInt(5000));
            text.append("@example.org\t2026-11-").append(1 + random.nextInt(30)).append("\tpaid\t");
            text.append(random.nextInt(100_000) / 100.0).append('\n');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
