package dev.pgkeep.operation.restore.client;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A statement that takes away what is not there: {@code pg_dump --clean} begins with many of them, for a database that
 * may be empty. psql goes on behind them.
 */
final class EmptyDrop {
    private static final int HEAD = 512;
    /** Relation, object, function, schema, column and large object that do not exist. */
    private static final Set<String> MISSING = Set.of("42P01", "42704", "42883", "3F000", "42703");

    private static final Pattern DROP = Pattern.compile(
            "DROP\\s.*|ALTER\\s+(?:TABLE|DOMAIN|FOREIGN\\s+TABLE|VIEW)\\s.*?\\s(?:DROP|DISABLE\\s+ROW\\s+LEVEL|DETACH)\\s.*"
                    + "|SELECT\\s+pg_catalog\\.lo_unlink\\s*\\(.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private EmptyDrop() {}

    /** @param codeStart where the statement begins in the text */
    static boolean is(SQLException failure, byte[] text, int codeStart) {
        String head = new String(text, codeStart, Math.min(HEAD, text.length - codeStart), StandardCharsets.ISO_8859_1);
        return MISSING.contains(String.valueOf(failure.getSQLState()))
                && DROP.matcher(head).matches();
    }
}
