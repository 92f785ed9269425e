package dev.pgkeep.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A thing that can be configured, declared once for reading and for documentation.
 *
 * @param name as in the file; a dot means a table ({@code retention.keep-last})
 * @param others further environment names that people already use, besides {@link #variable()}
 * @param standard the default in words, empty for none
 * @param example a value as it is written in the file
 * @param help one sentence
 */
public record Key(String name, Shape shape, List<String> others, String standard, String example, String help) {
    private static final Pattern QUERY =
            Pattern.compile("(?i)(?:(?:[\\s(]|--.*+\\R)*+(?:select|with|values|table|show)\\b[^;]*+(?:;\\s*+|$))*+");

    /** The shape of a key's value. */
    public enum Shape {
        TEXT,
        /** Text that may hold a password, and in which <code>${NAME}</code> stands for a variable. */
        SECRET,
        /** A path or place, in which <code>${NAME}</code> stands for a variable and a leading ~ for the home folder. */
        PLACE,
        /** A line that is run. */
        PROGRAM,
        /** A place from which programs are run. */
        PROGRAM_FOLDER,
        /** One statement of SQL. */
        STATEMENT,
        FLAG,
        NUMBER,
        SPAN,
        /** Several texts; with commas where only one text can be written. */
        LIST,
        /** Several statements; with newlines where only one text can be written. */
        STATEMENTS
    }

    public Key {
        others = List.copyOf(others);
    }

    /**
     * Whether this value is run: then a file must be trusted that says it. SQL counts where it is more than a query,
     * since a server runs programs for those who may have it do so ({@code COPY … PROGRAM}, {@code DO}).
     */
    boolean runs(List<String> items) {
        return switch (shape) {
            case PROGRAM, PROGRAM_FOLDER -> true;
            case STATEMENT, STATEMENTS ->
                !items.stream().allMatch(item -> QUERY.matcher(item).matches());
            case TEXT, SECRET, PLACE, FLAG, NUMBER, SPAN, LIST -> false;
        };
    }

    /** Every environment name, the strongest first. */
    List<String> variables() {
        List<String> names = new ArrayList<>(others);
        names.addFirst(variable());
        return names;
    }

    /** The environment name that every key has: {@code retention.keep-last} is {@code PGKEEP_RETENTION_KEEP_LAST}. */
    public String variable() {
        return "PGKEEP_" + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
