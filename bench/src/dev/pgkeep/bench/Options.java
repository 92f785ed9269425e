package dev.pgkeep.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param root the project's folder
 * @param work an empty folder for everything that is made; whoever started us removes it
 * @param parts what to measure
 * @param data what the databases hold
 * @param with the kinds of pgkeep that are asked for; empty: whatever there is
 * @param sizes rows of the table that dominates in the shop, by the name of the size
 * @param rounds how often everything is done
 * @param jobs connections for everybody; 0: one for each core, and pgkeep decides for itself
 * @param format the format of pgkeep's backups
 * @param settings settings of the server that differ from those of the benchmark
 * @param results where the report goes
 * @param profiled the command that a profile is of
 */
record Options(
        Path root,
        Path work,
        List<Part> parts,
        List<Data.Name> data,
        List<Flavour.Kind> with,
        Map<String, Long> sizes,
        int rounds,
        int jobs,
        String format,
        Map<String, String> settings,
        Path results,
        Profiled profiled) {

    enum Part {
        COMPARE,
        WIDE,
        LISTING,
        CHANGES,
        INCREMENTAL,
        CLEANUP,
        PROFILE
    }

    /** What can be profiled. */
    enum Profiled {
        BACKUP,
        RESTORE,
        VERIFY,
        DIFF;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static final Map<String, Long> SIZES =
            Map.of("tiny", 20_000L, "small", 400_000L, "large", 4_000_000L, "huge", 20_000_000L);

    /** Rows of the table that dominates, by the name of the size: as many as give the bytes of that size. */
    Map<String, Long> rows(Data.Name name) {
        Map<String, Long> rows = new LinkedHashMap<>();
        sizes.forEach((size, number) -> rows.put(size, SIZES.containsKey(size) ? name.rows(number) : number));
        return rows;
    }

    int connections() {
        return jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors();
    }

    /** A command with the connections that were asked for. */
    String[] withJobs(String... words) {
        return jobs == 0
                ? words
                : Stream.concat(Stream.of(words), Stream.of("--jobs", Integer.toString(jobs)))
                        .toArray(String[]::new);
    }

    /** The folder of the benchmark itself. */
    Path bench() {
        return root.resolve("bench");
    }
}
