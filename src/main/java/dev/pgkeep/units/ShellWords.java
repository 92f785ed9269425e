package dev.pgkeep.units;

/** Words of a command line, as a POSIX shell reads them. */
public final class ShellWords {
    private ShellWords() {}

    /** Any text as one word. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
