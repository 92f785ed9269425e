package dev.pgkeep.base.units;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time in words, and read from words. */
public final class Spans {
    private static final Pattern PART = Pattern.compile("(\\d+)\\s*(ms|[smhdwMy])");

    private Spans() {}

    /**
     * A span for people, for instance {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 2 min}, {@code 12 d 4
     * h}.
     */
    public static String text(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** The age of a moment, coarse, for instance {@code just now}, {@code 5 min}, {@code 3 h}, {@code 12 d}. */
    public static String age(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 2 * 86_400) {
            return seconds / 3600 + " h";
        }
        return seconds / 86_400 + " d";
    }

    /** The age of a moment in a sentence, for instance {@code just now}, {@code 5 min ago}. */
    public static String ago(Instant then, Instant now) {
        String age = age(then, now);
        return age.equals("just now") ? age : age + " ago";
    }

    /**
     * Reads {@code 90s}, {@code 26h}, {@code 30d}, {@code 2w}, {@code 6M} (30 days each), {@code 1y}, or several in a
     * row.
     */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = PART.matcher(text.strip());
        Duration total = Duration.ZERO;
        int end = 0;
        try {
            while (matcher.find()
                    && text.strip().substring(end, matcher.start()).isBlank()) {
                total = total.plus(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
                end = matcher.end();
            }
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
        return end > 0 && end == text.strip().length() ? Optional.of(total) : Optional.empty();
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            case "w" -> Duration.ofDays(7);
            case "M" -> Duration.ofDays(30);
            default -> Duration.ofDays(365);
        };
    }
}
