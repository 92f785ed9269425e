package dev.pgkeep.postgres.swap;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The comment of a kept database, in its last line, for people and for pgkeep. The database's own comment stays above
 * it.
 *
 * @param database the name it had
 * @param since when it was replaced
 * @param until when it may go
 * @param command what replaced it, for instance {@code restore}
 * @param by the backup, or the other kept database, that took its place
 */
@Json
public record KeptDatabaseComment(String database, Instant since, Instant until, String command, String by) {
    private static final String BEGINNING = "kept by pgkeep until ";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The comment of the database from now on. */
    String under(@Nullable String original) {
        String line = BEGINNING + MINUTE.format(until) + " "
                + Jsonb.builder().build().type(KeptDatabaseComment.class).toJson(this);
        return original == null || original.isEmpty() ? line : original + "\n" + line;
    }

    /** The note in a comment, if there is one. */
    static Optional<KeptDatabaseComment> in(@Nullable String comment) {
        int start = start(comment);
        if (comment == null || start < 0) {
            return Optional.empty();
        }
        try {
            String json = comment.substring(comment.indexOf('{', start), comment.lastIndexOf('}') + 1);
            return Optional.of(
                    Jsonb.builder().build().type(KeptDatabaseComment.class).fromJson(json));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The database's own comment, without a note. */
    static @Nullable String original(@Nullable String comment) {
        int start = start(comment);
        if (comment == null || start < 0) {
            return comment;
        }
        return start == 0 ? null : comment.substring(0, start - 1);
    }

    private static int start(@Nullable String comment) {
        if (comment == null) {
            return -1;
        }
        int start = comment.lastIndexOf('\n') + 1;
        return comment.startsWith(BEGINNING, start) ? start : -1;
    }
}
