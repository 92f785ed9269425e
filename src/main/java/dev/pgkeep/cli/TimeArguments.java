package dev.pgkeep.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Moments as people write them; local time unless a zone is given. A day alone means its last moment. */
final class TimeArguments {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm[:ss[.SSS]]", Locale.ROOT);
    private static final DateTimeFormatter ZONED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm[:ss[.SSS]][XXX][X]", Locale.ROOT);

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private TimeArguments() {}

    /** A moment for people, in UTC as the names of backups are: {@code 2026-11-20 14:03:22 UTC}. */
    static String text(Instant moment) {
        return UTC.format(moment);
    }

    static Optional<Instant> parse(String text, ZoneId zone) {
        String iso = text.strip().replaceFirst("(\\d) +(\\d)", "$1T$2").replaceAll(" ", "");
        try {
            if (iso.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return Optional.of(
                        LocalDate.parse(iso).atTime(LocalTime.MAX).atZone(zone).toInstant());
            }
            if (iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$") && iso.contains(":")) {
                return Optional.of(OffsetDateTime.parse(iso, ZONED).toInstant());
            }
            return Optional.of(LocalDateTime.parse(iso, LOCAL).atZone(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
