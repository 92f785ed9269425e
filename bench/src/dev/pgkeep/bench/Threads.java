package dev.pgkeep.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the threads of pgkeep's process used, as the system counts it, and when those that move rows were there. */
final class Threads {
    private static final Pattern MOVES_ROWS = Pattern.compile("pgkeep-(dump|load|check)|content|rows");

    private final Map<String, Double> seconds = new TreeMap<>();
    private double firstRows = Double.NaN;
    private double lastRows = Double.NaN;

    /** @param now seconds since the command was started */
    void look(long pid, double now) {
        Map<String, Double> found = Processes.threads(pid);
        found.forEach((name, cpu) -> seconds.merge(name, cpu, Math::max));
        if (found.keySet().stream().anyMatch(name -> MOVES_ROWS.matcher(name).matches())) {
            firstRows = Double.isNaN(firstRows) ? now : firstRows;
            lastRows = now;
        }
    }

    /** CPU seconds by the names of threads, without numbers. */
    double seconds(Predicate<String> name) {
        return seconds.entrySet().stream()
                .filter(each -> name.test(each.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** CPU seconds by the name of the thread. */
    Map<String, Double> seconds() {
        return seconds;
    }

    /** Seconds until the first thread that moves rows was there; NaN: there was none. */
    double firstRows() {
        return firstRows;
    }

    /** Seconds until the last thread that moves rows was gone. */
    double lastRows() {
        return lastRows;
    }
}
