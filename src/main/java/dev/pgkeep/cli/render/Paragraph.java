package dev.pgkeep.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks text into lines between words. */
public final class Paragraph {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    /** The beginning of a word with quotes, as {@link dev.pgkeep.base.units.ShellWords} makes it. */
    private static final Pattern QUOTED = Pattern.compile("\\$?'");

    private Paragraph() {}

    /**
     * Lines of at most that many characters; a longer word has a line of its own. What is quoted for a shell is one
     * word: pasted in two lines it would be another one, or half of it a command.
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int length = 0;
        for (String word : words(text)) {
            if (!line.isEmpty() && length + 1 + columns(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
                length = 0;
            }
            length += columns(word) + (line.isEmpty() ? 0 : 1);
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static List<String> words(String text) {
        List<String> parts = List.of(text.split(" "));
        List<String> words = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            int end = at;
            if (QUOTED.matcher(parts.get(at)).lookingAt()) {
                while (end < parts.size() && isOpen(String.join(" ", parts.subList(at, end + 1)))) {
                    end++;
                }
            }
            end = end == parts.size() ? at : end;
            words.add(String.join(" ", parts.subList(at, end + 1)));
            at = end;
        }
        return words;
    }

    /** An odd number of quotes, without those that are part of the word. */
    private static boolean isOpen(String word) {
        return word.replace("\\'", "").chars().filter(each -> each == '\'').count() % 2 == 1;
    }

    /** Columns on the screen: colour codes take none. */
    static int columns(String text) {
        // Tables ask for every cell, and hardly any has colours.
        String plain = text.indexOf('\u001b') < 0 ? text : COLOUR.matcher(text).replaceAll("");
        return plain.codePointCount(0, plain.length());
    }
}
