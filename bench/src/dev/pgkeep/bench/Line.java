package dev.pgkeep.bench;

import java.util.HexFormat;

/** Rows as COPY takes them in its text format. */
final class Line {
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final HexFormat HEX = HexFormat.of();
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    final StringBuilder text = new StringBuilder(1 << 16);
    private final Words words;
    private boolean first = true;

    Line(Words words) {
        this.words = words;
    }

    private StringBuilder field() {
        if (!first) {
            text.append('\t');
        }
        first = false;
        return text;
    }

    void end() {
        text.append('\n');
        first = true;
    }

    Line none() {
        field().append("\\N");
        return this;
    }

    Line add(long number) {
        field().append(number);
        return this;
    }

    Line add(String value) {
        field().append(value);
        return this;
    }

    Line add(boolean value) {
        field().append(value ? 't' : 'f');
        return this;
    }

    /** A number with decimals, given in their unit: (1999, 2) is 19.99. */
    Line decimal(long units, int decimals) {
        long scale = (long) Math.pow(10, decimals);
        String fraction = Long.toString(Math.abs(units) % scale);
        field().append(units < 0 ? "-" : "").append(Math.abs(units) / scale).append('.');
        text.repeat('0', decimals - fraction.length()).append(fraction);
        return this;
    }

    Line real(double value) {
        field().append(value);
        return this;
    }

    Line uuid(Dice dice) {
        long high = (dice.any() & ~0xF000L) | 0x4000L;
        long low = (dice.any() >>> 2) | Long.MIN_VALUE;
        field().append(new java.util.UUID(high, low));
        return this;
    }

    /** An address of version 4, anywhere. */
    Line address(Dice dice) {
        field().append(dice.below(200) + 10).append('.').append(dice.below(256));
        text.append('.').append(dice.below(256)).append('.').append(dice.below(256));
        return this;
    }

    Line bytes(byte[] value) {
        field().append("\\\\x");
        HEX.formatHex(text, value);
        return this;
    }

    /** A moment given in microseconds since 1970. */
    Line moment(long micros) {
        day(Math.floorDiv(micros, MICROS_OF_DAY));
        long rest = Math.floorMod(micros, MICROS_OF_DAY);
        long seconds = rest / 1_000_000;
        text.append(' ');
        two(seconds / 3600).append(':');
        two(seconds / 60 % 60).append(':');
        two(seconds % 60).append('.');
        String fraction = Long.toString(rest % 1_000_000);
        text.repeat('0', 6 - fraction.length()).append(fraction).append("+00");
        return this;
    }

    Line day(long epochDay) {
        field().append(java.time.LocalDate.ofEpochDay(epochDay));
        return this;
    }

    private StringBuilder two(long number) {
        return number < 10 ? text.append('0').append(number) : text.append(number);
    }

    /** A sentence or more; one word in thirteen carries a number, a code or a comma. */
    Line sentences(Dice dice, int count) {
        field();
        prose(dice, count);
        return this;
    }

    void prose(Dice dice, int count) {
        for (int i = 0; i < count; i++) {
            int start = text.length();
            switch (dice.below(40)) {
                case 0 -> text.append(dice.below(1 + dice.few(3000)));
                case 1 -> code(dice, 4 + dice.below(5));
                case 2 -> text.append(words.words.draw(dice)).append(',');
                default -> text.append(words.words.draw(dice));
            }
            boolean ends = i + 1 == count || i % 13 == 12;
            if (i % 13 == 0) {
                text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
            }
            text.append(ends ? "." : "").append(i + 1 == count ? "" : i % 67 == 66 ? "\\n" : " ");
        }
    }

    void code(Dice dice, int length) {
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(dice.below(LETTERS.length())));
        }
    }

    /** An array of words, from those that are used as tags. */
    Line tags(Dice dice, int count) {
        field().append('{');
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("tag").append(dice.few(400));
        }
        text.append('}');
        return this;
    }

    /** Begins a field whose text the caller appends. */
    StringBuilder open() {
        return field();
    }
}
