package dev.pgkeep.format.columnar;

/** Unpacks the columns that {@link ColumnWriter} wrote. */
final class ColumnReader {
    private final IntegerReader integers = new IntegerReader();
    private final Decimals decimals = new Decimals();
    private final PatternReader patterns = new PatternReader(this, integers);
    private final ArrayReader arrays = new ArrayReader(this);
    private final TemplateReader templates = new TemplateReader(this, integers);
    private long[] first = {};
    private long[] second = {};
    private int[] starts = {};
    private long[] lengths = {};

    /** @param limit bytes that the values may have together */
    void read(Input in, int rows, ColumnValues values, long limit) {
        read(in, rows, values, limit, true);
    }

    /** @param whole whether this is a column of the rows, not a part of one */
    void read(Input in, int rows, ColumnValues values, long limit, boolean whole) {
        int nulls = in.next();
        values.nulls = ColumnValues.NO_NULLS;
        int count = rows;
        switch (nulls) {
            case ColumnWriter.NO_NULLS -> {}
            case ColumnWriter.ALL_NULL -> {
                values.nulls = ColumnValues.ALL_NULL;
                count = 0;
            }
            case ColumnWriter.SOME_NULLS -> {
                values.nulls = in.skip((rows + 7) >> 3);
                count = rows - nulls(in.bytes, values.nulls, rows);
            }
            default -> throw Damage.of("nulls are marked in an unknown way");
        }
        if (count > 0) {
            values(in, count, values, limit, whole);
        } else {
            values.clear(0);
        }
    }

    private static int nulls(byte[] bytes, int at, int rows) {
        int count = 0;
        for (int i = 0; i < (rows + 7) >> 3; i++) {
            count += Integer.bitCount(bytes[at + i] & 0xFF);
        }
        boolean within = (rows & 7) == 0 || (bytes[at + (rows >> 3)] & 0xFF) >> (rows & 7) == 0;
        Damage.unless(within && count < rows, "nulls are marked beyond the rows");
        return count;
    }

    /** Reads values that are stored in one of the two ways that need nothing else. */
    void packed(Input in, int count, ColumnValues values, long limit) {
        values.clear(count);
        switch (in.next()) {
            case Encoding.PLAIN -> plain(in, count, values, limit);
            case Encoding.WORDS -> words(in, count, values, limit);
            default -> throw Damage.of("digits are stored in an unknown way");
        }
    }

    void values(Input in, int count, ColumnValues values, long limit, boolean whole) {
        values.clear(count);
        switch (in.next()) {
            case Encoding.PLAIN -> plain(in, count, values, limit);
            case Encoding.WORDS -> words(in, count, values, limit);
            case Encoding.LIST -> list(in, count, values, limit);
            case Encoding.DECIMALS -> decimals(in, count, values, limit);
            case Encoding.PATTERNS -> patterns.read(in, count, values, limit);
            case Encoding.REALS -> reals(in, count, values, limit);
            case Encoding.TEMPLATES -> {
                Damage.unless(whole, "templates within templates");
                templates.read(in, count, values, limit);
            }
            case Encoding.ARRAYS -> {
                Damage.unless(whole, "arrays within arrays");
                arrays.read(in, count, values, limit);
            }
            default -> throw Damage.of("values are stored in an unknown way");
        }
    }

    private void plain(Input in, int count, ColumnValues values, long limit) {
        lengths = integers.read(in, lengths, count);
        long total = 0;
        boolean same = true;
        for (int i = 0; i < count; i++) {
            long length = lengths[i];
            Damage.unless(length >= 0 && length <= limit - total, "values are longer than the rows");
            same &= length == lengths[0];
            total += length;
        }
        int at = in.skip(total);
        values.source = in.bytes;
        if (same) {
            values.width = (int) lengths[0];
            values.first = at;
            return;
        }
        values.spread();
        for (int i = 0; i < count; i++) {
            values.starts[i] = at;
            values.lengths[i] = (int) lengths[i];
            at += (int) lengths[i];
        }
    }

    private void words(Input in, int count, ColumnValues values, long limit) {
        int width = in.upTo(Encoding.WORDS_WIDTH);
        Damage.unless(width > 0 && (long) width * count <= limit, "values are longer than the rows");
        values.own.room(width * count);
        values.width = width;
        values.first = 0;
        values.source = values.own.bytes;
        for (int from = 0; from < width; from += Encoding.word(width - from)) {
            int word = Encoding.word(width - from);
            first = integers.read(in, first, count);
            store(values.source, from, width, word, count);
        }
    }

    private void store(byte[] target, int from, int width, int word, int count) {
        int at = from;
        for (int i = 0; i < count; i++) {
            switch (word) {
                case 1 -> target[at] = (byte) first[i];
                case 2 -> BigEndian.putShort(target, at, (int) first[i]);
                case 4 -> BigEndian.putInt(target, at, (int) first[i]);
                default -> BigEndian.putLong(target, at, first[i]);
            }
            at += width;
        }
    }

    private void list(Input in, int count, ColumnValues values, long limit) {
        int size = in.upTo(Limits.DICTIONARY);
        entries(in, size);
        first = integers.read(in, first, count);
        values.source = in.bytes;
        values.spread();
        long total = 0;
        for (int i = 0; i < count; i++) {
            long place = first[i];
            Damage.unless(place >= 0 && place < size, "a place is outside its list");
            values.starts[i] = starts[(int) place];
            values.lengths[i] = (int) lengths[(int) place];
            total += values.lengths[i];
        }
        Damage.unless(total <= limit, "values are longer than the rows");
    }

    /** Reads a list of values into {@link #starts} and {@link #lengths}. */
    private void entries(Input in, int size) {
        lengths = integers.read(in, lengths, size);
        if (starts.length < size) {
            starts = new int[size];
        }
        for (int i = 0; i < size; i++) {
            starts[i] = in.skip(lengths[i]);
        }
    }

    private void decimals(Input in, int count, ColumnValues values, long limit) {
        int places = in.upTo(Decimals.PLACES);
        second = integers.read(in, second, count);
        first = integers.read(in, first, count);
        values.spread();
        for (int i = 0; i < count; i++) {
            int at = values.own.room(Decimals.MOST_BYTES);
            int length = decimals.write(values.own.bytes, at, first[i], places, (int) second[i]);
            values.own.size = at + length;
            values.starts[i] = at;
            values.lengths[i] = length;
            Damage.unless(values.own.size <= limit, "values are longer than the rows");
        }
        values.source = values.own.bytes;
    }

    private void reals(Input in, int count, ColumnValues values, long limit) {
        int width = in.upTo(Double.BYTES);
        Damage.unless(width == Float.BYTES || width == Double.BYTES, "floating-point numbers have an unknown width");
        Damage.unless((long) width * count <= limit, "values are longer than the rows");
        int places = in.upTo(ScaledDoubles.PLACES);
        int apart = in.upTo(count);
        lengths = integers.read(in, lengths, apart);
        second = integers.read(in, second, apart);
        first = integers.read(in, first, count);
        for (int i = 0; i < count; i++) {
            first[i] = ScaledDoubles.bits(first[i], width, places);
        }
        for (int i = 0; i < apart; i++) {
            Damage.unless(lengths[i] >= 0 && lengths[i] < count, "a number is put beyond the rows");
            first[(int) lengths[i]] = second[i];
        }
        values.own.room(width * count);
        values.width = width;
        values.first = 0;
        values.source = values.own.bytes;
        store(values.source, 0, width, width, count);
    }
}
