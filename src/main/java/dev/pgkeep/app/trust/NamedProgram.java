package dev.pgkeep.app.trust;

import dev.pgkeep.base.secret.Redaction;
import dev.pgkeep.base.units.Visible;
import java.nio.file.Path;

/**
 * A program, or a line for a shell, that a file names.
 *
 * @param file the file
 * @param key what it is for, for instance {@code commands.migrate}
 * @param value as it is used
 * @param origin where it stands, for people
 */
public record NamedProgram(Path file, String key, String value, String origin) {
    /** Whether it is the application's own command, which runs because somebody called for it, as with make. */
    boolean isAskedFor() {
        return key.startsWith("commands.");
    }

    /** The value for people: without passwords, and without characters that make a terminal show something else. */
    public String shown() {
        return shown(value);
    }

    /** Any value for people: on one line, without secrets. */
    public static String shown(String value) {
        return Visible.line(Redaction.redact(value).strip());
    }

    /** Prints key and file only: the value may hold a secret. */
    @Override
    public String toString() {
        return "NamedProgram[" + key + " in " + file + "]";
    }
}
