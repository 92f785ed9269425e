package dev.pgkeep.operation.init;

import dev.pgkeep.base.units.ShellWords;

/** Writes paths and names as those who read them want them. */
final class Quoting {
    private Quoting() {}

    /** A word of a shell in a line of a crontab, where a bare percent sign ends the command. */
    static String crontab(String text) {
        return ShellWords.quoted(text).replace("%", "\\%");
    }

    /** The program of {@code ExecStart}; a dollar sign means itself there, other than in the words after it. */
    static String systemdProgram(String text) {
        return "\"" + systemdPath(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** A setting of systemd that takes the rest of the line. */
    static String systemdPath(String text) {
        return text.replace("%", "%%");
    }

    /** A string of JSON, JavaScript and TOML. */
    static String json(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(each -> {
            if (each == '"' || each == '\\') {
                out.append('\\').append((char) each);
            } else if (each < ' ') {
                out.append(String.format("\\u%04x", each));
            } else {
                out.append((char) each);
            }
        });
        return out.append('"').toString();
    }

    /** A path as a pattern of {@code .gitignore}. */
    static String gitignore(String text) {
        return text.replaceAll("([\\\\*?\\[\\]#! ])", "\\\\$1");
    }

    /** A name for units and tasks: letters, digits and dashes. */
    static String unitName(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return name.isEmpty() ? "database" : name;
    }
}
