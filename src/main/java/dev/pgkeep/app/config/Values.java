package dev.pgkeep.app.config;

import dev.pgkeep.base.units.Spans;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values in the shape their key asks for; what does not fit becomes a problem and counts as absent. */
final class Values {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Lookup lookup;
    private final Problems problems;
    private final Map<String, String> origins;

    /** @param origins grows by the place of every key that is read and set */
    Values(Lookup lookup, Problems problems, Map<String, String> origins) {
        this.lookup = lookup;
        this.problems = problems;
        this.origins = origins;
    }

    Problems problems() {
        return problems;
    }

    /** The place where a key stood that has been read. */
    String origin(Key key) {
        return origins.getOrDefault(key.name(), key.name());
    }

    Optional<Found> find(Key key) {
        Optional<Found> found = lookup.find(key).flatMap(value -> expanded(key, value));
        lookup.problem(key, found).ifPresent(problems::add);
        found.ifPresent(value -> origins.put(key.name(), value.origin()));
        boolean many = key.shape() == Key.Shape.LIST || key.shape() == Key.Shape.STATEMENTS;
        if (found.isPresent() && found.get().isList() && !many) {
            problems.add(found.get().origin() + ": takes one value, not a list");
            return Optional.empty();
        }
        return found;
    }

    Optional<String> text(Key key) {
        return find(key).map(Found::text);
    }

    boolean flag(Key key, boolean standard) {
        Optional<Found> found = find(key);
        return found.map(value -> switch (value.text().strip().toLowerCase(Locale.ROOT)) {
                    case "true", "1", "yes", "on" -> true;
                    case "false", "0", "no", "off" -> false;
                    default -> {
                        problems.add(value.origin() + ": must be true or false");
                        yield standard;
                    }
                })
                .orElse(standard);
    }

    OptionalInt number(Key key, int least, int most) {
        Optional<Found> found = find(key);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        String text = found.get().text().strip();
        if (text.matches("-?\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return OptionalInt.of(number);
            }
        }
        problems.add(found.get().origin() + ": must be a whole number from " + least + " to " + most);
        return OptionalInt.empty();
    }

    Optional<Duration> span(Key key) {
        return find(key).flatMap(found -> {
            Optional<Duration> span = Spans.parse(found.text());
            if (span.isEmpty()) {
                problems.add(found.origin() + ": must be a span of time such as 90s, 26h, 30d or 2w");
            }
            return span;
        });
    }

    List<String> list(Key key, List<String> standard) {
        return find(key).map(found -> items(key, found)).orElse(standard);
    }

    private static List<String> items(Key key, Found found) {
        List<String> items = found.isList()
                ? found.items()
                : Arrays.asList(found.text().split(key.shape() == Key.Shape.STATEMENTS ? "\\R" : ","));
        return items.stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    /** A line or statement that is run, once it is allowed. */
    Optional<Entrusted<String>> program(Key key) {
        return find(key).map(found -> entrusted(key, found, found.text()));
    }

    /** The statements of a key, once they are allowed. */
    Entrusted<List<String>> statements(Key key) {
        return find(key).map(found -> entrusted(key, found, items(key, found))).orElse(Entrusted.own(List.of()));
    }

    /** A folder from which programs are run, once that is allowed. */
    Optional<Entrusted<Path>> programFolder(Key key) {
        return place(key).flatMap(path -> find(key).map(found -> entrusted(key, found, path)));
    }

    private <T> Entrusted<T> entrusted(Key key, Found found, T value) {
        if (!key.runs(found.items())) {
            return Entrusted.own(value);
        }
        return Entrusted.of(key, found, value, lookup.sources().trust());
    }

    /** An absolute path; relative ones start where they were written. */
    Optional<Path> place(Key key) {
        return find(key).flatMap(found -> {
            String text = found.text().strip();
            if (text.matches("[a-z0-9]+://.*")) {
                problems.add(found.origin() + ": must be a folder; places on other machines are not supported yet");
                return Optional.empty();
            }
            try {
                boolean inHome = text.equals("~") || text.startsWith("~/");
                Path path = inHome
                        ? lookup.sources().home().resolve(text.substring(Math.min(2, text.length())))
                        : found.base().resolve(text);
                return Optional.of(path.toAbsolutePath().normalize());
            } catch (InvalidPathException e) {
                problems.add(found.origin() + ": is not a path");
                return Optional.empty();
            }
        });
    }

    /** The find with its variables expanded: in the file, places and secrets may refer to some. */
    private Optional<Found> expanded(Key key, Found found) {
        boolean refers = switch (key.shape()) {
            case SECRET, PLACE, PROGRAM_FOLDER -> true;
            case TEXT, PROGRAM, STATEMENT, FLAG, NUMBER, SPAN, LIST, STATEMENTS -> false;
        };
        boolean written = found.level() == Found.Level.FILE || found.level() == Found.Level.CHOSEN_PROFILE;
        if (!refers || !written) {
            return Optional.of(found);
        }
        boolean[] missing = {false};
        String text = VARIABLE.matcher(found.text()).replaceAll(match -> {
            Optional<String> value = lookup.variable(match.group(1));
            if (value.isEmpty()) {
                missing[0] = true;
                problems.add(found.origin() + ": the variable " + match.group(1) + " is not set");
            }
            return Matcher.quoteReplacement(value.orElse(""));
        });
        return missing[0] ? Optional.empty() : Optional.of(found.saying(text));
    }
}
