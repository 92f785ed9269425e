package dev.pgkeep.postgres.tools;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of PostgreSQL. Since 10 the major version is one number; before it was two, so {@code 9.6.24} is {@code (9,
 * 6)} and its patch level is left out. A pre-release ({@code 17beta1}) counts as {@code 17.0}.
 */
public record Version(int major, int minor) implements Comparable<Version> {
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\w.])(\\d+)(?:\\.(\\d+))?");
    private static final Comparator<Version> ORDER =
            Comparator.comparingInt(Version::major).thenComparingInt(Version::minor);

    /** Reads {@code 15.18}, {@code 17beta1}, {@code 9.6.24} or {@code pg_dump (PostgreSQL) 15.18 (Debian 15.18-0)}. */
    public static Optional<Version> parse(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String minor = matcher.group(2);
        try {
            return Optional.of(
                    new Version(Integer.parseInt(matcher.group(1)), minor == null ? 0 : Integer.parseInt(minor)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A version from the server's {@code server_version_num}, for instance 150018 or 90624. */
    public static Version ofNumber(int number) {
        return number >= 100_000
                ? new Version(number / 10_000, number % 10_000)
                : new Version(number / 10_000, number % 10_000 / 100);
    }

    /** Whether this belongs to the same major version as the other, or to a newer one; minor releases do not matter. */
    public boolean majorAtLeast(Version other) {
        return majorNumber() >= other.majorNumber();
    }

    /** The major version as people write it: {@code 17}, {@code 9.6}. */
    public String majorText() {
        return major >= 10 ? Integer.toString(major) : major + "." + minor;
    }

    private int majorNumber() {
        return major >= 10 ? major * 100 : major * 100 + minor;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
