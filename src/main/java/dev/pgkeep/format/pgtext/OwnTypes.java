package dev.pgkeep.format.pgtext;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that a database has made, as its dump creates them. */
final class OwnTypes {
    private static final String WORD = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,;()]+)";
    private static final String NAME = WORD + "(?:\\." + WORD + ")?";
    private static final Pattern LABELS = Pattern.compile("(?m)^CREATE TYPE (" + NAME + ") AS ENUM \\(");
    private static final Pattern DOMAIN = Pattern.compile("(?m)^CREATE DOMAIN (" + NAME
            + ") AS ((?:\"(?:[^\"]|\"\")+\"|[^\"\\n;])+?)(?= COLLATE | NOT NULL| DEFAULT |\\n|;)");
    private static final Pattern RANGE =
            Pattern.compile("(?m)^CREATE TYPE (" + NAME + ") AS RANGE \\(\\n((?:    [^\\n]+\\n)+?)\\);");
    private static final Pattern BOUND = Pattern.compile("(?m)^    subtype = (.+?),?$");
    private static final Pattern RANGES = Pattern.compile("(?m)^    multirange_type_name = (.+?),?$");
    private static final Pattern ANY = Pattern.compile(WORD);

    /** The description of a type that a database has of its own. */
    sealed interface Type {}

    record Labels() implements Type {}

    record Domain(String base) implements Type {}

    record Range(String bound) implements Type {}

    record Ranges(String bound) implements Type {}

    /** The dump seems to create it twice: labels may look like statements. */
    record Unclear() implements Type {}

    private final Map<List<String>, Type> types = new HashMap<>();

    static OwnTypes read(String definitions) {
        OwnTypes own = new OwnTypes();
        LABELS.matcher(definitions).results().forEach(each -> own.add(each.group(1), new Labels()));
        DOMAIN.matcher(definitions).results().forEach(each -> own.add(each.group(1), new Domain(each.group(2))));
        RANGE.matcher(definitions).results().forEach(each -> own.addRange(each.group(1), each.group(2)));
        return own;
    }

    Optional<Type> find(String type) {
        return Optional.ofNullable(types.get(name(type)));
    }

    /** The name of a type without its schema. */
    static String lastName(String type) {
        List<String> name = name(type);
        return name.isEmpty() ? "" : name.getLast();
    }

    private void addRange(String name, String lines) {
        Matcher bound = BOUND.matcher(lines);
        Matcher ranges = RANGES.matcher(lines);
        if (bound.find()) {
            add(name, new Range(bound.group(1)));
            if (ranges.find()) {
                add(ranges.group(1), new Ranges(bound.group(1)));
            }
        }
    }

    private void add(String name, Type type) {
        types.merge(name(name), type, (one, other) -> one.equals(other) ? one : new Unclear());
    }

    /** The parts of a name without their quotes; empty when it is none. */
    private static List<String> name(String text) {
        List<String> parts = new ArrayList<>();
        Matcher word = ANY.matcher(text);
        int at = 0;
        while (word.find(at) && word.start() == at) {
            String part = word.group();
            parts.add(
                    part.startsWith("\"") ? part.substring(1, part.length() - 1).replace("\"\"", "\"") : part);
            if (word.end() == text.length()) {
                return parts;
            }
            if (text.charAt(word.end()) != '.') {
                return List.of();
            }
            at = word.end() + 1;
        }
        return List.of();
    }
}
