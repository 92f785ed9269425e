package dev.pgkeep.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks text into lines between words. */
public final class Paragraph {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private Paragraph() {}

    /** Lines of at most that many characters; a longer word has a line of its own. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int length = 0;
        for (String word : text.split(" ")) {
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

    /** Columns on the screen: colour codes take none. */
    static int columns(String text) {
        // Tables ask for every cell, and hardly any has colours.
        String plain = text.indexOf('\u001b') < 0 ? text : COLOUR.matcher(text).replaceAll("");
        return plain.codePointCount(0, plain.length());
    }
}
