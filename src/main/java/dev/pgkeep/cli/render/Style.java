package dev.pgkeep.cli.render;

import dev.pgkeep.base.units.Visible;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Colours and weight of text on a terminal; plain where they are not wanted. Its sequences bear a number that differs
 * in every process: so those of a text that somebody else wrote, in a database or the name of a file, are none of ours.
 */
public record Style(boolean enabled) {
    private static final String NUMBER = ";" + ThreadLocalRandom.current().nextLong(1L << 61, Long.MAX_VALUE) + "m";
    private static final Pattern OURS = Pattern.compile("\u001b\\[(\\d{1,2})" + NUMBER);

    public String bold(String text) {
        return wrap("1", text);
    }

    public String dim(String text) {
        return wrap("2", text);
    }

    public String good(String text) {
        return wrap("32", text);
    }

    public String warning(String text) {
        return wrap("33", text);
    }

    public String bad(String text) {
        return wrap("31", text);
    }

    private String wrap(String code, String text) {
        return enabled ? "\u001b[" + code + NUMBER + text + "\u001b[0" + NUMBER : text;
    }

    /** A line in which everything is to be seen; colours of ours stay what they are. */
    static String visible(String line) {
        return between(line, Visible::line, match -> match.group());
    }

    /** The form in which a terminal gets one line: colours of ours, and everything else to be seen. */
    static String sent(String line) {
        return between(line, Visible::line, match -> "\u001b[" + match.group(1) + "m");
    }

    private static String between(
            String line, UnaryOperator<String> text, java.util.function.Function<Matcher, String> sequence) {
        if (line.indexOf('\u001b') < 0) {
            return text.apply(line);
        }
        StringBuilder whole = new StringBuilder();
        Matcher match = OURS.matcher(line);
        int at = 0;
        while (match.find()) {
            whole.append(text.apply(line.substring(at, match.start()))).append(sequence.apply(match));
            at = match.end();
        }
        return whole.append(text.apply(line.substring(at))).toString();
    }
}
