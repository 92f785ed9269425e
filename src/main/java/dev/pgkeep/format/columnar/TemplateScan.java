package dev.pgkeep.format.columnar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Templates that are looked for before a value is taken apart. */
    private static final int PLANS = 8;

    /** Values more for which no plan fitted than those for which one did, after which none is tried any more. */
    private static final int MISSES = 64;

    /** What comes before any key, in the place of one. */
    private static final byte[] NO_KEY = new byte[1 + BigEndian.SLACK];

    private final ByteList keys = new ByteList();
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final ColumnLengths filled = new ColumnLengths();
    private byte[] template = new byte[256];
    private int size;
    private byte[] keyIn = NO_KEY;
    private int keyFrom;
    private int keyTo;
    private boolean[] strings = new boolean[64];
    private final @Nullable TemplatePlan[] plans = new TemplatePlan[PLANS];
    private int planned;
    private int usual;
    private int misses;
    private final boolean planning;

    TemplateScan() {
        this(true);
    }

    /** @param planning whether values may be cut by the templates of others: what comes out is the same */
    TemplateScan(boolean planning) {
        this.planning = planning;
    }

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

    /** Bytes that the columns take, used or not. */
    long room() {
        return columns.stream().mapToLong(ColumnBuffer::room).sum();
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
            TemplatePlan plan = plan(column.values, at, at + length);
            if (plan != null) {
                fill(plan, column.values);
                places[i] = plan.place;
                fills += plan.columns.length;
            } else {
                int place = place(column.values, at, at + length);
                if (place < 0 || Limits.tooMany(templates.size, i)) {
                    return false;
                }
                places[i] = place;
                fills += filled.count;
            }
            if (fills > Limits.FILLS) {
                return false;
            }
            at += length;
        }
        return keys.size > 0;
    }

    /** The place of a value's template, -1 when it has none. */
    private int place(byte[] bytes, int from, int end) {
        if (!scan(bytes, from, end)) {
            return -1;
        }
        int known = templates.size;
        int place = templates.place(template, 0, size);
        if (templates.size > known) {
            int[] into = new int[filled.count];
            for (int j = 0; j < into.length; j++) {
                into[j] = (int) filled.values[j];
                holes.add(into[j]);
            }
            if (planning && planned < PLANS) {
                usual = planned;
                plans[planned++] = new TemplatePlan(place, template, size, into, Arrays.copyOf(strings, into.length));
            }
        }
        return place;
    }

    /** A plan that fits a value: mostly that of the value before. */
    private @Nullable TemplatePlan plan(byte[] bytes, int from, int end) {
        if (misses > MISSES) {
            return null;
        }
        for (int i = 0; i < planned; i++) {
            int tried = i == 0 ? usual : i <= usual ? i - 1 : i;
            TemplatePlan plan = plans[tried];
            if (plan != null && plan.cut(bytes, from, end)) {
                usual = tried;
                misses--;
                return plan;
            }
        }
        misses++;
        return null;
    }

    private void fill(TemplatePlan plan, byte[] bytes) {
        for (int hole = 0; hole < plan.columns.length; hole++) {
            int from = plan.froms[hole];
            columns.get(plan.columns[hole]).add(bytes, from, plan.tos[hole] - from);
        }
    }

    private void clear() {
        for (int i = 0; i < Math.min(keys.size, columns.size()); i++) {
            columns.get(i).clear();
        }
        planned = 0;
        usual = 0;
        misses = 0;
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
        keyIn = NO_KEY;
        keyFrom = 0;
        keyTo = 0;
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
                    keyIn = bytes;
                    keyFrom = at;
                    keyTo = close;
                } else {
                    // With its closing quote the key names the column of strings, without it that of numbers.
                    if (!hole(bytes, literal, at + 1, close, true)) {
                        return false;
                    }
                    literal = close;
                }
                at = close + 1;
            } else if (TemplatePlan.isWord(here)) {
                int to = at + 1;
                while (to < end && TemplatePlan.isWord(bytes[to])) {
                    to++;
                }
                if (!hole(bytes, literal, at, to, false)) {
                    return false;
                }
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

    /** False when it is in too many columns. */
    private boolean hole(byte[] bytes, int literal, int from, int to, boolean string) {
        literal(bytes, literal, from);
        template[size++] = HOLE;
        int column = keys.place(keyIn, keyFrom, (string ? keyTo + 1 : keyTo) - keyFrom);
        if (column == COLUMNS) {
            return false;
        }
        if (column == columns.size()) {
            columns.add(new ColumnBuffer());
        }
        if (filled.count == strings.length) {
            strings = Arrays.copyOf(strings, 2 * strings.length);
        }
        strings[filled.count] = string;
        filled.add(column);
        columns.get(column).add(bytes, from, to - from);
        return true;
    }

    private void literal(byte[] bytes, int from, int to) {
        BigEndian.copy(bytes, from, template, size, to - from);
        size += to - from;
    }
}
