package dev.pgkeep.manifest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names of backups: readable, safe as file names everywhere, and sorting by time. */
public final class BackupName {
    /** The default template: database, UTC date and time, label. */
    public static final String TEMPLATE = "{database}_{date}_{time}[_{label}]";

    private static final int LONGEST_PART = 80;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    private BackupName() {}

    /**
     * Fills a template: {@code {database} {date} {time} {label} {kind}}; a part in brackets disappears when what it
     * names is empty.
     */
    public static String fill(String template, String database, Instant created, @Nullable String label, Kind kind) {
        var at = created.atOffset(ZoneOffset.UTC);
        String safeLabel = label == null ? "" : safe(label);
        String name = template.replaceAll("\\[([^\\]]*\\{label\\}[^\\]]*)\\]", safeLabel.isEmpty() ? "" : "$1");
        return name.replace("{database}", safe(database))
                .replace("{date}", DATE.format(at))
                .replace("{time}", TIME.format(at))
                .replace("{label}", safeLabel)
                .replace("{kind}", kind.word());
    }

    /**
     * The text with everything that is not a letter, a digit, dot, dash or underscore replaced by a dash. Never empty,
     * never hidden, never longer than 80 characters.
     */
    public static String safe(String text) {
        StringBuilder name = new StringBuilder();
        text.codePoints()
                .forEach(point -> name.appendCodePoint(
                        Character.isLetterOrDigit(point) || point == '.' || point == '-' || point == '_'
                                ? point
                                : '-'));
        String cleaned = name.toString().replaceAll("-{2,}", "-").replaceAll("^[.\\-]+|[.\\-]+$", "");
        String cut = cleaned.length() > LONGEST_PART ? cleaned.substring(0, LONGEST_PART) : cleaned;
        return cut.isEmpty() ? "db" : cut;
    }

    /** Whether a name that a user chose is safe as it is. */
    public static boolean isSafe(String name) {
        return name.length() <= 200 && name.matches("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]*");
    }
}
