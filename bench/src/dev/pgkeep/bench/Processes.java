package dev.pgkeep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What Linux tells about processes; elsewhere nothing is known. */
final class Processes {
    private static final double TICKS = 100;
    private static final int UTIME = 11;
    private static final int STIME = 12;
    private static final int CSTIME = 14;

    private Processes() {}

    /** CPU of a process, of its living children, and of its children that have ended. */
    static double cpuSecondsOfFamily(long pid) {
        if (!Files.isDirectory(Path.of("/proc/" + pid))) {
            return Double.NaN;
        }
        List<Long> children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .toList();
        return ticks(pid) / TICKS
                + children.stream().mapToDouble(child -> ticks(child) / TICKS).sum();
    }

    private static long ticks(long pid) {
        return ticks(Path.of("/proc/" + pid + "/stat"), CSTIME);
    }

    private static long ticks(Path file, int lastField) {
        try {
            String stat = Files.readString(file);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long sum = 0;
            for (int field = UTIME; field <= lastField; field++) {
                sum += Long.parseLong(fields[field]);
            }
            return sum;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** CPU seconds of a process so far by the names of its threads, without numbers; empty when it has ended. */
    static Map<String, Double> threads(long pid) {
        Map<String, Double> now = new HashMap<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                String name =
                        withoutNumber(Files.readString(thread.resolve("comm")).strip());
                now.merge(name, ticks(thread.resolve("stat"), STIME) / TICKS, Double::sum);
            }
        } catch (IOException | UncheckedIOException ended) {
            return Map.of();
        }
        return now;
    }

    /** The name of a thread as others of the same work have it. */
    static String withoutNumber(String thread) {
        return thread.replaceAll("[-#0-9]+$", "");
    }

    /**
     * Memory of a process.
     *
     * @param now resident bytes now
     * @param peak the most it ever had
     */
    record Memory(String program, long now, long peak) {}

    static Memory memory(long pid) {
        String program = "";
        long now = 0;
        long peak = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("Name:")) {
                    program = line.substring(5).strip();
                } else if (line.startsWith("VmHWM:")) {
                    peak = kilobytes(line);
                } else if (line.startsWith("VmRSS:")) {
                    now = kilobytes(line);
                }
            }
        } catch (IOException ended) {
            // then it has none
        }
        return new Memory(program, now, peak);
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }
}
