package dev.pgkeep.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine in a few words. */
final class Machine {
    private Machine() {}

    /** Whether others use the machine, so that only CPU seconds say much. */
    static boolean isBusy() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return system.getSystemLoadAverage() > system.getAvailableProcessors() * 0.7;
    }

    static String describe(Path work) throws IOException {
        var store = Files.getFileStore(work);
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %d GB of memory, %s on %s with %d GB free, %s %s, load %.1f at the beginning",
                Runtime.getRuntime().availableProcessors(),
                processor(),
                memory() >> 30,
                store.type(),
                store.name(),
                store.getUsableSpace() >> 30,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
