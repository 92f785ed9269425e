package dev.pgkeep.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What to measure.
 *
 * @param root the project's folder
 * @param work an empty folder for everything that is made; whoever started us removes it
 * @param parts what to measure
 * @param sizes rows of the table that dominates, by the name of the size
 * @param rounds how often everything is done
 * @param jobs connections for everybody; 0: one for each core, and pgkeep decides for itself
 * @param format the format of pgkeep's backups
 * @param settings settings of the server that differ from those of the benchmark
 * @param results where the report goes
 */
record Options(
        Path root,
        Path work,
        List<Part> parts,
        Map<String, Long> sizes,
        int rounds,
        int jobs,
        String format,
        Map<String, String> settings,
        Path results) {

    enum Part {
        COMPARE,
        WIDE,
        LISTING,
        CHANGES,
        CLEANUP,
        PROFILE_BACKUP,
        PROFILE_RESTORE
    }

    static final Map<String, Long> SIZES =
            Map.of("tiny", 20_000L, "small", 400_000L, "large", 4_000_000L, "huge", 20_000_000L);

    static Options read(Path root, Path work, List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        List<Part> parts = new ArrayList<>();
        Map<String, Long> sizes = new LinkedHashMap<>();
        Map<String, String> settings = new LinkedHashMap<>();
        int rounds = 3;
        int jobs = 0;
        String format = "chunked";
        Path results = root.resolve("bench/results");
        while (!rest.isEmpty()) {
            String word = rest.remove();
            switch (word) {
                case "--rows" -> sizes.put("rows-" + rest.element(), Long.parseLong(rest.remove()));
                case "--size" -> List.of(rest.remove().split(",")).forEach(name -> sizes.put(name, known(name)));
                case "--rounds" -> rounds = Integer.parseInt(rest.remove());
                case "--jobs" -> jobs = Integer.parseInt(rest.remove());
                case "--format" -> format = rest.remove();
                case "--results" -> results = Path.of(rest.remove()).toAbsolutePath();
                case "--set" -> {
                    String[] setting = rest.remove().split("=", 2);
                    settings.put(setting[0], setting[1]);
                }
                case "--wide" -> parts.add(Part.WIDE);
                case "--listing" -> parts.add(Part.LISTING);
                case "--cleanup" -> parts.add(Part.CLEANUP);
                case "--changes" -> parts.add(Part.CHANGES);
                case "--compare" -> parts.add(Part.COMPARE);
                case "--profile" ->
                    parts.add(Part.valueOf("PROFILE_" + rest.remove().toUpperCase(Locale.ROOT)));
                default -> throw new IllegalArgumentException(word + " is not known; bench/README.md says what is");
            }
        }
        if (parts.isEmpty()) {
            parts.add(Part.COMPARE);
        }
        if (sizes.isEmpty()) {
            sizes.put("small", known("small"));
        }
        return new Options(root, work, parts, sizes, rounds, jobs, format, settings, results);
    }

    private static long known(String name) {
        Long rows = SIZES.get(name);
        if (rows == null) {
            throw new IllegalArgumentException("there is no size " + name + ", only " + SIZES.keySet());
        }
        return rows;
    }

    int connections() {
        return jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors();
    }
}
