package dev.pgkeep.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between words. */
public final class Paragraph {
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
        String plain = text.replaceAll("\u001b\\[[0-9;]*m", "");
        return plain.codePointCount(0, plain.length());
    }
}
