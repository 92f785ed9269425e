package dev.pgkeep.postgres.admin;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of databases that were replaced and are kept for a while: {@code shop_pgkeep_kept_20261121_094000}. They say
 * since when; everything else stands in the comment of the database. No clean-up takes them for a
 * {@link TemporaryDatabaseName}.
 */
public final class KeptDatabaseName {
    /** A regular expression for whole names that means the same in Java and in PostgreSQL. */
    public static final String PATTERN = ".*_pgkeep_kept_[0-9]{8}_[0-9]{6}";

    private static final Pattern OURS = Pattern.compile(PATTERN, Pattern.DOTALL);
    private static final DateTimeFormatter MARK = DateTimeFormatter.ofPattern(
                    "'_pgkeep_kept_'yyyyMMdd'_'HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private KeptDatabaseName() {}

    /** A name like that of the database, no longer than a name may be. */
    public static String of(String database, Instant since) {
        String mark = MARK.format(since);
        return TemporaryDatabaseName.shortened(database, TemporaryDatabaseName.LONGEST_NAME - mark.length()) + mark;
    }

    public static boolean fits(String database) {
        return OURS.matcher(database).matches();
    }
}
