package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs commands and measures what they take. */
final class Meter {
    /** A shell waits for the command, and then knows the CPU time of all its descendants. */
    private static final String TIMED = "\"$@\"; status=$?; times >\"$BENCH_TIMES\"; exit $status";

    private static final int SAMPLE_MILLIS = 20;

    /** How its process is called, on the JVM and without. */
    private static final Set<String> PGKEEP = Set.of("java", "pgkeep");

    private final Server server;
    private final Path work;
    private final Map<String, String> environment;
    private Optional<Threads> threads = Optional.empty();

    /** @param environment what to add for every command */
    Meter(Server server, Path work, Map<String, String> environment) {
        this.server = server;
        this.work = work;
        this.environment = environment;
    }

    /**
     * What a command took.
     *
     * @param seconds on the clock
     * @param clientCpu seconds of CPU of the command and all that it started
     * @param serverCpu seconds of CPU of the server meanwhile
     * @param peak resident bytes of the command and all that it started, together
     * @param peakProcess the same of pgkeep's own process alone; 0 when there is none
     * @param bytes what was written, as far as that is asked for
     */
    record Measured(double seconds, double clientCpu, double serverCpu, long peak, long peakProcess, long bytes) {
        double cpu() {
            return clientCpu + serverCpu;
        }

        Measured withBytes(long written) {
            return new Measured(seconds, clientCpu, serverCpu, peak, peakProcess, written);
        }
    }

    Measured run(String... command) {
        return run(Map.of(), List.of(command));
    }

    Measured run(Map<String, String> more, List<String> command) {
        server.settle();
        try {
            Path times = work.resolve("times");
            List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", TIMED, "sh"));
            words.addAll(command);
            Path log = work.resolve("log");
            var builder = new ProcessBuilder(words)
                    .directory(Files.createDirectories(work.resolve("home")).toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.endsWith("_URL"));
            builder.environment().putAll(environment);
            builder.environment().putAll(more);
            builder.environment().put("BENCH_TIMES", times.toString());
            double serverBefore = server.cpuSeconds();
            long start = System.nanoTime();
            Process process = builder.start();
            long[] peaks = watch(process);
            double seconds = (System.nanoTime() - start) / 1e9;
            check(process.exitValue(), command, log);
            return new Measured(
                    seconds, childrenSeconds(times), server.cpuSeconds() - serverBefore, peaks[0], peaks[1], 0);
        } catch (IOException e) {
            throw new IllegalStateException(command + ": " + e.getMessage(), e);
        }
    }

    /** Until {@link #watchNothing}, also which threads of pgkeep use the CPU. */
    Threads watchThreads() {
        var watched = new Threads();
        threads = Optional.of(watched);
        return watched;
    }

    void watchNothing() {
        threads = Optional.empty();
    }

    private long[] watch(Process process) {
        long[] peaks = new long[2];
        long start = System.nanoTime();
        try {
            while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                long sum = 0;
                for (ProcessHandle each : process.descendants().toList()) {
                    var memory = Processes.memory(each.pid());
                    sum += memory.now();
                    if (PGKEEP.contains(memory.program())) {
                        peaks[1] = Math.max(peaks[1], memory.peak());
                        threads.ifPresent(it -> it.look(each.pid(), (System.nanoTime() - start) / 1e9));
                    }
                }
                peaks[0] = Math.max(peaks[0], Math.max(sum, peaks[1]));
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroy);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return peaks;
    }

    /** A newer pg_restore sends an older server a setting that it does not know; that is no failure. */
    private static void check(int status, List<String> command, Path log) throws IOException {
        String said = Files.readString(log);
        List<String> errors =
                said.lines().filter(line -> line.contains("error: ")).toList();
        boolean onlySetting =
                !errors.isEmpty() && errors.stream().allMatch(line -> line.contains("transaction_timeout"));
        if (status != 0 && !onlySetting) {
            throw new IllegalStateException(command + " ended with status " + status + ":\n" + tail(said));
        }
    }

    private static String tail(String text) {
        return text.length() < 3000 ? text : "…" + text.substring(text.length() - 3000);
    }

    /** The second line of "times": user and system time of the children. */
    private static double childrenSeconds(Path times) throws IOException {
        return Stream.of(Files.readAllLines(times).getLast().split(" "))
                .mapToDouble(each -> {
                    int m = each.indexOf('m');
                    return Integer.parseInt(each.substring(0, m)) * 60
                            + Double.parseDouble(each.substring(m + 1, each.length() - 1));
                })
                .sum();
    }

    /** What the last command printed. */
    String output() {
        try {
            return Files.readString(work.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }
}
