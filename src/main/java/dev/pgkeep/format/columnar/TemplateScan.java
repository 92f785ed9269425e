package dev.pgkeep.format.columnar;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes JSON apart into few templates, and columns of what fills them: the strings, and the numbers and words, that
 * come after the same key. It looks for quotes and commas only: what is no JSON gives templates that help less, but
 * come back as they were.
 */
final class TemplateScan {
    /** Stands for what is filled in. It cannot occur in UTF-8; a column that has it has no templates. */
    static final byte HOLE = (byte) 0xFF;

    /** Columns that templates may have. */
    static final int COLUMNS = 256;

    final ByteList templates = new ByteList();

    /** The column of each hole of each template. */
    final ColumnLengths holes = new ColumnLengths();

    long[] places = {};

    private final ByteList keys = new ByteList();
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final ColumnLengths filled = new ColumnLengths();
    private byte[] template = new byte[256];
    private int size;
    private int keyFrom;
    private int keyTo;

    /** Whether a column looks like JSON, with or without the byte in front of it that jsonb has in its binary form. */
    static boolean looksLikeJson(ColumnBuffer column) {
        int at = column.values[0] == 1 ? 1 : 0;
        return column.size > at && (column.values[at] == '{' || column.values[at] == '[');
    }

    /** The number of columns that fill the templates. */
    int columns() {
        return keys.size;
    }

    ColumnBuffer column(int index) {
        return columns.get(index);
    }

    /** False when the values have too many templates. */
    boolean take(ColumnBuffer column) {
        clear();
        if (places.length < column.count) {
            places = new long[Output.grown(column.count, column.count)];
        }
        int at = 0;
        int fills = 0;
        for (int i = 0; i < column.count; i++) {
            int length = column.length(i);
            if (!scan(column.values, at, at + length)) {
                return false;
            }
            fills += filled.count;
            if (keys.size > COLUMNS || fills > Limits.FILLS) {
                return false;
            }
            int known = templates.size;
            places[i] = templates.place(template, 0, size);
            if (Limits.tooMany(templates.size, i)) {
                return false;
            }
            for (int j = 0; j < filled.count && templates.size > known; j++) {
                holes.add(filled.values[j]);
            }
            at += length;
        }
        return keys.size > 0;
    }

    private void clear() {
        for (int i = 0; i < Math.min(keys.size, columns.size()); i++) {
            columns.get(i).clear();
        }
        keys.clear();
        templates.clear();
        holes.count = 0;
    }

    private boolean scan(byte[] bytes, int from, int end) {
        // An empty string becomes longer: two quotes, and what stands between them.
        long most = 2L * (end - from) + BigEndian.SLACK;
        if (template.length < most) {
            template = new byte[Output.grown(template.length, most)];
        }
        size = 0;
        filled.count = 0;
        keyFrom = from;
        keyTo = from;
        int literal = from;
        int at = from;
        while (at < end) {
            byte here = bytes[at];
            if (here == '"') {
                int close = closing(bytes, at + 1, end);
                if (close < 0) {
                    return false;
                }
                if (close + 1 < end && bytes[close + 1] == ':') {
                    keyFrom = at;
                    keyTo = close;
                } else {
                    // With its closing quote the key names the column of strings, without it that of numbers.
                    hole(bytes, literal, at + 1, close, keyTo + 1);
                    literal = close;
                }
                at = close + 1;
            } else if (isWord(here)) {
                int to = at + 1;
                while (to < end && isWord(bytes[to])) {
                    to++;
                }
                hole(bytes, literal, at, to, keyTo);
                literal = to;
                at = to;
            } else if (here == HOLE) {
                return false;
            } else {
                at++;
            }
        }
        literal(bytes, literal, end);
        return true;
    }

    /** The position where a string ends; -1 when it does not, or has a byte that stands for something in templates. */
    private static int closing(byte[] bytes, int from, int end) {
        for (int at = from; at < end; at++) {
            switch (bytes[at]) {
                case '"' -> {
                    return at;
                }
                case '\\' -> at += at + 1 < end && bytes[at + 1] != HOLE ? 1 : 0;
                case HOLE -> {
                    return -1;
                }
                default -> {}
            }
        }
        return -1;
    }

    /** Part of a number, or of true, false and null. */
    private static boolean isWord(byte here) {
        return (here >= '0' && here <= '9')
                || (here >= 'a' && here <= 'z')
                || here == '-'
                || here == '.'
                || here == '+'
                || here == 'E';
    }

    private void hole(byte[] bytes, int literal, int from, int to, int nameTo) {
        literal(bytes, literal, from);
        template[size++] = HOLE;
        int column = keys.place(bytes, keyFrom, nameTo - keyFrom);
        if (column == columns.size()) {
            columns.add(new ColumnBuffer());
        }
        filled.add(column);
        columns.get(column).add(bytes, from, to - from);
    }

    private void literal(byte[] bytes, int from, int to) {
        BigEndian.copy(bytes, from, template, size, to - from);
        size += to - from;
    }
}
