package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a table's definition that matters for comparing its rows and for writing them.
 *
 * @param key columns of the primary key; empty where there is none
 * @param references tables that its foreign keys refer to, with the columns that refer
 * @param alwaysIdentity columns that take no other value than their own in an UPDATE
 * @param looseTexts columns whose collation takes texts of other bytes for equal, with its locale
 */
record TableShape(
        List<String> key, List<Reference> references, Set<String> alwaysIdentity, Map<String, String> looseTexts) {
    static final TableShape NONE = new TableShape(List.of(), List.of(), Set.of(), Map.of());

    private static final String WORD = "(?:\"(?:[^\"]|\"\")*+\"|[^\\s\".,;()]++)";
    private static final Pattern KEY = Pattern.compile(
            "PRIMARY KEY \\(([^()]*|" + WORD + "(?:, " + WORD
                    + ")*)\\)(?: INCLUDE .*| USING .*| DEFERRABLE.*| NOT .*)?",
            Pattern.DOTALL);
    private static final Pattern FOREIGN = Pattern.compile(
            "FOREIGN KEY \\((" + WORD + "(?:, (?:PERIOD )?" + WORD + ")*)\\) REFERENCES (?:(" + WORD + ")\\.)?(" + WORD
                    + ")\\(.*",
            Pattern.DOTALL);
    private static final Pattern ONE = Pattern.compile("(PERIOD )?(" + WORD + ")(?:, |$)");

    /** @param columns that refer, each by its name */
    record Reference(TableName parent, List<String> columns) {}

    /** This shape with what a constraint adds, as pg_get_constraintdef prints it. */
    TableShape with(String constraint, String schema) {
        Matcher primary = KEY.matcher(constraint);
        if (primary.matches()) {
            return new TableShape(names(primary.group(1)), references, alwaysIdentity, looseTexts);
        }
        Matcher foreign = FOREIGN.matcher(constraint);
        if (foreign.matches()) {
            String of = Optional.ofNullable(foreign.group(2))
                    .map(TableShape::unquoted)
                    .orElse(schema);
            List<Reference> more = new ArrayList<>(references);
            more.add(new Reference(new TableName(of, unquoted(foreign.group(3))), names(foreign.group(1))));
            return new TableShape(key, List.copyOf(more), alwaysIdentity, looseTexts);
        }
        return this;
    }

    TableShape withIdentity(String column) {
        Set<String> more = new TreeSet<>(alwaysIdentity);
        more.add(column);
        return new TableShape(key, references, more, looseTexts);
    }

    TableShape withLooseText(String column, String locale) {
        Map<String, String> more = new TreeMap<>(looseTexts);
        more.put(column, locale);
        return new TableShape(key, references, alwaysIdentity, more);
    }

    boolean refersTo(TableName table) {
        return references.stream().anyMatch(each -> each.parent().equals(table));
    }

    /** Empty where the text is no list of names. */
    private static List<String> names(String list) {
        List<String> names = new ArrayList<>();
        Matcher one = ONE.matcher(list);
        int at = 0;
        while (at < list.length()) {
            if (!one.find(at) || one.start() != at) {
                return List.of();
            }
            names.add(unquoted(one.group(2)));
            at = one.end();
        }
        return List.copyOf(names);
    }

    static String unquoted(String word) {
        return word.startsWith("\"") ? word.substring(1, word.length() - 1).replace("\"\"", "\"") : word;
    }
}
