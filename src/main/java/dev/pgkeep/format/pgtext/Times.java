package dev.pgkeep.format.pgtext;

import dev.pgkeep.format.columnar.BigEndian;

/** Dates, times and spans, in ISO form and UTC; spans as IntervalStyle {@code postgres} has them. */
final class Times {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    /** Days from 0000-03-01, where years of this arithmetic begin, to 2000-01-01. */
    private static final long EPOCH = 730_425;

    private static final int MICROSECONDS = 6;

    private Times() {}

    static void date(byte[] in, int from, TextOut out) {
        int days = BigEndian.intAt(in, from);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            out.text(days > 0 ? "infinity" : "-infinity");
        } else if (day(days, out)) {
            out.text(" BC");
        }
    }

    static void timestamp(byte[] in, int from, boolean zone, TextOut out) {
        long micros = BigEndian.longAt(in, from);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            out.text(micros > 0 ? "infinity" : "-infinity");
            return;
        }
        boolean beforeChrist = day(Math.floorDiv(micros, DAY), out);
        time(Math.floorMod(micros, DAY), out.put(' '));
        out.text(zone ? "+00" : "").text(beforeChrist ? " BC" : "");
    }

    static void time(long micros, TextOut out) {
        out.padded(micros / HOUR, 2).put(':').padded(micros / MINUTE % 60, 2).put(':');
        seconds(micros % MINUTE, out);
    }

    static void timetz(byte[] in, int from, TextOut out) {
        time(BigEndian.longAt(in, from), out);
        int west = BigEndian.intAt(in, from + Long.BYTES);
        int size = Math.abs(west);
        out.put(west > 0 ? '-' : '+').padded(size / 3600, 2);
        if (size % 3600 != 0) {
            out.put(':').padded(size / 60 % 60, 2);
        }
        if (size % 60 != 0) {
            out.put(':').padded(size % 60, 2);
        }
    }

    static void interval(byte[] in, int from, TextOut out) {
        long micros = BigEndian.longAt(in, from);
        int days = BigEndian.intAt(in, from + 8);
        int months = BigEndian.intAt(in, from + 12);
        if (micros == Long.MAX_VALUE && days == Integer.MAX_VALUE && months == Integer.MAX_VALUE) {
            out.text("infinity");
        } else if (micros == Long.MIN_VALUE && days == Integer.MIN_VALUE && months == Integer.MIN_VALUE) {
            out.text("-infinity");
        } else {
            int before = out.length();
            boolean negative = part(months / 12, "year", before, false, out);
            negative = part(months % 12, "mon", before, negative, out);
            negative = part(days, "day", before, negative, out);
            clock(micros, before, negative, out);
        }
    }

    /** Returns whether the last part that was printed is negative. */
    private static boolean part(int value, String unit, int before, boolean negative, TextOut out) {
        if (value == 0) {
            return negative;
        }
        out.text(out.length() > before ? " " : "").text(negative && value > 0 ? "+" : "");
        out.number(value).put(' ').text(unit).text(value == 1 ? "" : "s");
        return value < 0;
    }

    private static void clock(long micros, int before, boolean negative, TextOut out) {
        boolean first = out.length() == before;
        if (micros == 0 && !first) {
            return;
        }
        out.text(first ? "" : " ").text(micros < 0 ? "-" : negative ? "+" : "");
        // Parts are made positive one by one: the smallest number has no positive counterpart.
        out.padded(Math.abs(micros / HOUR), 2).put(':').padded(Math.abs(micros / MINUTE % 60), 2);
        seconds(Math.abs(micros % MINUTE), out.put(':'));
    }

    private static void seconds(long micros, TextOut out) {
        out.padded(micros / SECOND, 2);
        long fraction = micros % SECOND;
        if (fraction != 0) {
            int width = MICROSECONDS;
            while (fraction % 10 == 0) {
                fraction /= 10;
                width--;
            }
            out.put('.').padded(fraction, width);
        }
    }

    /** Prints a day without its era. @return whether it is before Christ */
    private static boolean day(long sinceEpoch, TextOut out) {
        long days = sinceEpoch + EPOCH;
        long era = Math.floorDiv(days, 146_097L);
        long inEra = Math.floorMod(days, 146_097L);
        long yearOfEra = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365;
        long dayOfYear = inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long shifted = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * shifted + 2) / 5 + 1;
        long month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
        out.padded(year > 0 ? year : 1 - year, 4)
                .put('-')
                .padded(month, 2)
                .put('-')
                .padded(day, 2);
        return year <= 0;
    }
}
