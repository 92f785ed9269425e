package dev.pgkeep.format.manifest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of backups: readable, safe as file names everywhere, and sorting by time. */
public final class BackupName {
    /** The default template: database, UTC date and time, label. */
    public static final String TEMPLATE = "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]";

    private static final int LONGEST_PART = 80;
    /** Files may have 255 bytes; marks, endings and temporary names add to it. */
    private static final int LONGEST = 180;
    /** Names that a repository has for its own files. */
    private static final Set<String> RESERVED = Set.of("work", "marks", "runs", "locks", "pgkeep");

    private static final Pattern PART = Pattern.compile("\\{([^}]+)\\}");

    private BackupName() {}

    /**
     * Fills a template: {@code {database} {label} {kind}} and, in braces, patterns of {@link DateTimeFormatter} for the
     * moment in UTC; a part in brackets disappears when the label it names is empty.
     *
     * @throws IllegalArgumentException when a pattern in braces is none
     */
    public static String fill(String template, String database, Instant created, @Nullable String label, Kind kind) {
        String safeLabel = label == null ? "" : safe(label);
        String name = template.replaceAll("\\[([^\\]]*\\{label\\}[^\\]]*)\\]", safeLabel.isEmpty() ? "" : "$1");
        return PART.matcher(name)
                .replaceAll(part -> Matcher.quoteReplacement(
                        switch (part.group(1)) {
                            case "database" -> safe(database);
                            case "label" -> safeLabel;
                            case "kind" -> kind.word();
                            default ->
                                safe(DateTimeFormatter.ofPattern(part.group(1), Locale.ROOT)
                                        .format(created.atOffset(ZoneOffset.UTC)));
                        }));
    }

    /**
     * The text with everything that is not a letter, a digit, dot, dash or underscore replaced by a dash. Never empty,
     * never hidden, never longer than 80 bytes of UTF-8.
     */
    public static String safe(String text) {
        StringBuilder name = new StringBuilder();
        text.codePoints()
                .forEach(point -> name.appendCodePoint(
                        Character.isLetterOrDigit(point) || point == '.' || point == '-' || point == '_'
                                ? point
                                : '-'));
        String cleaned = name.toString().replaceAll("-{2,}", "-").replaceAll("^[.\\-]+|[.\\-]+$", "");
        String cut = cleaned;
        while (bytes(cut) > LONGEST_PART) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut.isEmpty() ? "db" : cut;
    }

    /** Whether a name that a user chose is safe as it is. */
    public static boolean isSafe(String name) {
        return bytes(name) <= LONGEST
                && name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*")
                && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
