package dev.pgkeep.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Reads what {@code bench/run} was called with. */
final class OptionsReader {
    private final Deque<String> rest;
    private final List<Options.Part> parts = new ArrayList<>();
    private final List<Data.Name> data = new ArrayList<>();
    private final List<Flavour.Kind> with = new ArrayList<>();
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private int rounds = 3;
    private int jobs;
    private String format = "chunked";
    private Path results;
    private Options.Profiled profiled = Options.Profiled.BACKUP;

    private OptionsReader(List<String> words, Path results) {
        this.rest = new ArrayDeque<>(words);
        this.results = results;
    }

    /** @throws IllegalArgumentException when a word is not known, or its value is missing or wrong */
    static Options read(Path root, Path work, List<String> words) {
        var reader = new OptionsReader(words, root.resolve("bench/results"));
        while (!reader.rest.isEmpty()) {
            reader.option(reader.rest.remove());
        }
        return reader.options(root, work);
    }

    private void option(String word) {
        switch (word) {
            case "--rows" -> {
                long rows = number(word);
                sizes.put("rows-" + rows, rows);
            }
            case "--size" -> values(word).forEach(name -> sizes.put(name, known(name)));
            case "--data" -> values(word).forEach(name -> data.add(one(Data.Name.class, name)));
            case "--with" -> values(word).forEach(name -> with.add(one(Flavour.Kind.class, name)));
            case "--rounds" -> rounds = (int) number(word);
            case "--jobs" -> jobs = (int) number(word);
            case "--format" -> format = value(word);
            case "--results" -> results = Path.of(value(word)).toAbsolutePath();
            case "--set" -> {
                String[] setting = value(word).split("=", 2);
                if (setting.length < 2) {
                    throw new IllegalArgumentException("--set wants NAME=VALUE");
                }
                settings.put(setting[0], setting[1]);
            }
            case "--profile" -> {
                parts.add(Options.Part.PROFILE);
                profiled = one(Options.Profiled.class, value(word));
            }
            case "--wide", "--listing", "--cleanup", "--changes", "--incremental", "--compare" ->
                parts.add(one(Options.Part.class, word.substring(2)));
            default -> throw new IllegalArgumentException(word + " is not known; bench/README.md says what is");
        }
    }

    private Options options(Path root, Path work) {
        if (parts.isEmpty()) {
            parts.add(Options.Part.COMPARE);
        }
        if (data.isEmpty()) {
            data.add(Data.Name.SHOP);
        }
        if (sizes.isEmpty()) {
            sizes.put("small", known("small"));
        }
        if (parts.contains(Options.Part.CLEANUP) && data.contains(Data.Name.EVENTS)) {
            throw new IllegalArgumentException("--cleanup is measured on the shop only: leave --data events out");
        }
        return new Options(root, work, parts, data, with, sizes, rounds, jobs, format, settings, results, profiled);
    }

    private String value(String option) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " wants a value; bench/README.md says which");
        }
        return rest.remove();
    }

    private List<String> values(String option) {
        return List.of(value(option).split(","));
    }

    private long number(String option) {
        String value = value(option);
        if (!value.matches("[1-9][0-9]{0,9}")) {
            throw new IllegalArgumentException(option + " wants a number above 0, not " + value);
        }
        return Long.parseLong(value);
    }

    private static long known(String name) {
        Long rows = Options.SIZES.get(name);
        if (rows == null) {
            throw new IllegalArgumentException("there is no size " + name + ", only "
                    + Options.SIZES.keySet().stream().sorted().toList());
        }
        return rows;
    }

    private static <E extends Enum<E>> E one(Class<E> kind, String name) {
        return Stream.of(kind.getEnumConstants())
                .filter(each -> each.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is none of "
                        + List.of(kind.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
    }
}
