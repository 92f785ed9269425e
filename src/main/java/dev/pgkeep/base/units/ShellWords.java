package dev.pgkeep.base.units;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command line, as a POSIX shell reads them. */
public final class ShellWords {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellWords() {}

    /** Any text, quoted as one word of a shell. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Any text as a word of a line that people read and paste: bare where it may be, and nothing in it hidden. What
     * cannot be seen, and ends of lines, are written as bytes in {@code $'…'}, which bash, zsh, ksh and POSIX of 2024
     * know; another shell takes it for a word that means nothing.
     */
    public static String word(String text) {
        if (BARE.matcher(text).matches()) {
            return text;
        }
        return Visible.isPlain(text) ? quoted(text) : escaped(text);
    }

    /** Several words as a line that people read and paste. */
    public static String words(Collection<String> texts) {
        return texts.stream().map(ShellWords::word).collect(Collectors.joining(" "));
    }

    private static String escaped(String text) {
        StringBuilder word = new StringBuilder("$'");
        text.codePoints().forEach(each -> {
            String character = Character.toString(each);
            if (each == '\\' || each == '\'') {
                word.append('\\').append(character);
            } else if (Visible.isPlain(character)) {
                word.append(character);
            } else {
                for (byte part : character.getBytes(StandardCharsets.UTF_8)) {
                    word.append('\\').append(octal(part & 0xff));
                }
            }
        });
        return word.append("'").toString();
    }

    private static String octal(int part) {
        return "" + (char) ('0' + part / 64) + (char) ('0' + part / 8 % 8) + (char) ('0' + part % 8);
    }
}
