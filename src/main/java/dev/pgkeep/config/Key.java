package dev.pgkeep.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thing that can be configured, declared once for reading and for documentation.
 *
 * @param name as in the file; a dot means a table ({@code retention.keep-last})
 * @param others further environment names that people already use, besides {@link #variable()}
 * @param standard the default in words, empty for none
 * @param example a value as it is written in the file
 * @param help one sentence
 */
public record Key(String name, Shape shape, List<String> others, String standard, String example, String help) {
    /** What values look like. */
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

    /** Whether what it says is run: then a file must be trusted that says it. */
    public boolean namesProgram() {
        return shape == Shape.PROGRAM || shape == Shape.PROGRAM_FOLDER;
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
