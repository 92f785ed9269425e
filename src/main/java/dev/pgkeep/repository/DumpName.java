package dev.pgkeep.repository;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a dump file, as tools make it of a database and a moment: {@code shop_2026-11-20_143052},
 * {@code shop-20261120}, {@code 2026-11-20-shop}, {@code shop_2026-11-20T14:30:52+0100}.
 *
 * @param text the name without its ending
 */
public record DumpName(String text) {
    private static final Pattern DATE = Pattern.compile(
            "(20\\d\\d)[-_.]?([01]\\d)[-_.]?([0-3]\\d)(?:[-_T.]?([0-2]\\d)[-_:.h]?([0-5]\\d)(?:[-_:.m]?([0-5]\\d))?)?");
    /** Of a week or a month: {@code shop-202647}. */
    private static final Pattern MONTH = Pattern.compile("[-_.]20\\d\\d[-_.]?[0-5]\\d$");

    private static final String NOTHING =
            "(?:backup|backups|dump|dumps|pgdump|pg_dump|db|sql|full|latest|last|daily|weekly|monthly|nightly)";
    private static final Pattern BEFORE = Pattern.compile("^" + NOTHING + "?[-_.@ ]+|^" + NOTHING + "$");
    private static final Pattern BEHIND = Pattern.compile("[-_.@ ]+" + NOTHING + "?$");

    /** The moment in the name; UTC is assumed. */
    Optional<Instant> moment() {
        Matcher match = DATE.matcher(text);
        if (!match.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(match, 1),
                            number(match, 2),
                            number(match, 3),
                            number(match, 4),
                            number(match, 5),
                            number(match, 6))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The database in a name that has a date, too, which tools write and people seldom do. */
    Optional<String> database() {
        return DATE.matcher(text).find() || MONTH.matcher(text).find() ? subject() : Optional.empty();
    }

    /** Whether the name says nothing but this database, and a moment maybe. */
    public boolean isOf(String database) {
        return subject().filter(database::equalsIgnoreCase).isPresent() || text.equals(database);
    }

    /** The name without moment and words that say nothing. */
    private Optional<String> subject() {
        Matcher match = DATE.matcher(text);
        String rest = text;
        if (match.find()) {
            String before = bare(text.substring(0, match.start()));
            rest = before.isEmpty() ? text.substring(match.end()) : before;
        }
        return Optional.of(bare(MONTH.matcher(rest).replaceFirst(""))).filter(each -> !each.isEmpty());
    }

    private static String bare(String name) {
        String before = "";
        String rest = name;
        while (!rest.equals(before)) {
            before = rest;
            String lower = rest.toLowerCase(Locale.ROOT);
            Matcher first = BEFORE.matcher(lower);
            int from = first.find() ? first.end() : 0;
            Matcher last = BEHIND.matcher(lower);
            int to = last.find(from) ? last.start() : rest.length();
            rest = rest.substring(from, Math.max(from, to));
        }
        return rest;
    }

    private static int number(Matcher match, int group) {
        return match.group(group) == null ? 0 : Integer.parseInt(match.group(group));
    }
}
