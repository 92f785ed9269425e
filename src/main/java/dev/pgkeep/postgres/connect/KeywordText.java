package dev.pgkeep.postgres.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code host=localhost dbname='my shop'} as libpq does: single quotes, backslash escapes, spaces around =. */
final class KeywordText {
    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private KeywordText(String text) {
        this.text = text;
    }

    static RawSettings read(String text) {
        var reader = new KeywordText(text);
        reader.readAll();
        return new RawSettings(reader.values, RawSettings.Form.KEYWORDS, new ArrayList<>());
    }

    private void readAll() {
        skipSpaces();
        while (at < text.length()) {
            String name = name();
            skipSpaces();
            if (at >= text.length() || text.charAt(at) != '=') {
                throw InvalidConnection.of(
                        "the connection text lacks a = after its " + ordinal() + " keyword",
                        "write it as host=localhost port=5432 dbname=shop user=app, values with spaces in single quotes");
            }
            at++;
            skipSpaces();
            values.put(name, value());
            skipSpaces();
        }
    }

    /** The number of the keyword, counted: the word itself may be a piece of an unquoted password. */
    private String ordinal() {
        return (values.size() + 1) + ".";
    }

    private String name() {
        int start = at;
        while (at < text.length() && text.charAt(at) != '=' && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String value() {
        boolean quoted = at < text.length() && text.charAt(at) == '\'';
        if (quoted) {
            at++;
        }
        var value = new StringBuilder();
        while (at < text.length()) {
            char letter = text.charAt(at++);
            if (quoted ? letter == '\'' : Character.isWhitespace(letter)) {
                return value.toString();
            }
            if (letter == '\\' && at < text.length()) {
                letter = text.charAt(at++);
            }
            value.append(letter);
        }
        if (quoted) {
            throw InvalidConnection.of(
                    "a quoted value in the connection text does not end",
                    "close it with a single quote; write a quote inside as \\'");
        }
        return value.toString();
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
