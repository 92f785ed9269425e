package dev.pgkeep.base.units;

import java.util.Locale;

/** Byte counts and row counts in words. Units are powers of 1024 and named kB, MB, GB, TB as PostgreSQL names them. */
public final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private Sizes() {}

    /** Bytes for people, for instance {@code 0 B}, {@code 812 B}, {@code 1.4 MB}, {@code 23 GB}. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.5 ? 0 : value >= 9.95 ? 1 : 2;
        return decimal(value, decimals) + " " + UNITS[unit];
    }

    /** A number with so many decimals, made without a formatter: listings ask for thousands. */
    private static String decimal(double value, int decimals) {
        long power = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
        long scaled = Math.round(Math.abs(value) * power);
        String fraction =
                decimals == 0 ? "" : "." + Long.toString(power + scaled % power).substring(1);
        return (value < 0 && scaled > 0 ? "-" : "") + scaled / power + fraction;
    }

    /** Bytes per second, for instance {@code 82.3 MB/s}; a dash where no time has passed. */
    public static String rate(long bytes, double seconds) {
        return seconds <= 0 ? "–" : text(Math.round(bytes / seconds)) + "/s";
    }

    /** A count with thin groups, for instance {@code 1,204,311}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count and its noun, for instance {@code 1 table}, {@code 12 tables}. */
    public static String count(long number, String noun) {
        return count(number) + " " + (number == 1 ? noun : noun + "s");
    }
}
