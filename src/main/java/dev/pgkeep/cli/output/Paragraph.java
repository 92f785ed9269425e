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
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
