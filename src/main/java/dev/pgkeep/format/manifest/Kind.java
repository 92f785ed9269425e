package dev.pgkeep.format.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reason why a backup was made: one of the known words, or any word of the user's own. */
public record Kind(String word) {
    public static final Kind MANUAL = new Kind("manual");
    public static final Kind AUTO = new Kind("auto");
    public static final Kind PRE_RESTORE = new Kind("pre-restore");
    public static final Kind PRE_RESET = new Kind("pre-reset");
    public static final Kind PRE_MIGRATION = new Kind("pre-migration");
    public static final Kind POST_MIGRATION = new Kind("post-migration");
    public static final Kind PRE_CLEANUP = new Kind("pre-cleanup");
    public static final Kind PRE_COMMAND = new Kind("pre-command");

    /** The words that a label may name to set the kind. */
    public static final List<String> KNOWN = List.of(
            "manual",
            "auto",
            "daily",
            "weekly",
            "monthly",
            "pre-migration",
            "post-migration",
            "pre-deployment",
            "post-deployment",
            "pre-reset",
            "pre-restore",
            "pre-cleanup",
            "pre-command");

    public Kind {
        if (!word.matches("[a-z0-9][a-z0-9_-]{0,39}")) {
            throw new IllegalArgumentException("a kind is one word of lower-case letters, digits, - and _: " + word);
        }
    }

    /** Reads a word as a user types it; {@code pre-migrate} is understood as {@code pre-migration}. */
    public static Kind of(String word) {
        String lower = word.strip().toLowerCase(Locale.ROOT);
        return new Kind(
                switch (lower) {
                    case "pre-migrate" -> "pre-migration";
                    case "post-migrate" -> "post-migration";
                    case "pre-deploy" -> "pre-deployment";
                    case "post-deploy" -> "post-deployment";
                    default -> lower;
                });
    }

    /** The known kind that a label names, if it names one. */
    public static Optional<Kind> namedBy(String label) {
        if (!label.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            return Optional.empty();
        }
        Kind kind = of(label);
        return KNOWN.contains(kind.word()) ? Optional.of(kind) : Optional.empty();
    }

    @Override
    public String toString() {
        return word;
    }
}
