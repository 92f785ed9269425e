package dev.pgkeep.postgres.admin;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of databases that pgkeep makes for a while, and drops or renames in the end:
 * {@code shop_pgkeep_restoring_1f2e3d4c}. One that no running pgkeep has locked was left behind by a killed run.
 */
public final class TemporaryDatabaseName {
    /** A regular expression for whole names that means the same in Java and in PostgreSQL. */
    public static final String PATTERN = ".*_pgkeep_(restoring|scratch|replaced)_[0-9a-f]{8}";

    private static final Pattern OURS = Pattern.compile(PATTERN);
    private static final String MARK = "_pgkeep_%s_%08x";
    static final int LONGEST_NAME = 63;

    private TemporaryDatabaseName() {}

    /**
     * A name like that of a database, no longer than a name may be.
     *
     * @param purpose {@code restoring}, {@code scratch} or {@code replaced}
     * @param random tells it from others
     */
    public static String of(String database, String purpose, int random) {
        String mark = String.format(Locale.ROOT, MARK, purpose, random);
        return shortened(database, LONGEST_NAME - mark.length()) + mark;
    }

    public static boolean fits(String database) {
        return OURS.matcher(database).matches();
    }

    /** Cut at a character, measured in UTF-8 as the server does. */
    static String shortened(String text, int bytes) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > bytes) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
