package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/** The notes where money was read although nobody knows under which locale it had been printed. */
final class AssumedMoney {
    private static final String FIRST = """
            WITH RECURSIVE money (type) AS (
                SELECT 'pg_catalog.money'::pg_catalog.regtype::pg_catalog.oid
                UNION
                SELECT t.oid FROM money AS m JOIN pg_catalog.pg_type AS t
                    ON t.typelem = m.type AND t.typcategory = 'A' OR t.typbasetype = m.type
                    OR t.typrelid IN (SELECT a.attrelid FROM pg_catalog.pg_attribute AS a
                        JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid AND c.relkind = 'c' WHERE a.atttypid = m.type))
            SELECT pg_catalog.format('%I.%I.%I', n.nspname, c.relname, a.attname)
            FROM pg_catalog.pg_attribute AS a
            JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE a.atttypid IN (SELECT type FROM money) AND NOT a.attisdropped AND a.attnum > 0
            ORDER BY 1 LIMIT 1""";

    private static final Pattern UNREADABLE = Pattern.compile("\\bmoney\\b");

    private AssumedMoney() {}

    /** A failure that is told with what to do about it, where it may come from that. */
    static PgkeepException hinted(RestoreSource source, PgkeepException failure) {
        return source.moneyLocale().isEmpty()
                        && UNREADABLE.matcher(failure.getMessage()).find()
                ? new PgkeepException(
                        failure.code(),
                        failure.getMessage(),
                        "it does not say under which lc_monetary its money was printed: set money-locale to what its"
                                + " server had",
                        failure)
                : failure;
    }

    /** @param inside a connection to the database that was loaded */
    static Optional<String> note(RestoreSource source, Connection inside) {
        if (source.moneyLocale().isPresent()) {
            return Optional.empty();
        }
        try (Statement statement = inside.createStatement();
                ResultSet row = statement.executeQuery(FIRST)) {
            return row.next()
                    ? Optional.of(source.name() + " does not say under which lc_monetary its money (" + row.getString(1)
                            + ") was printed: it was read under " + SessionSettings.usualMoney(inside)
                            + ". If that is wrong, set money-locale and restore it again")
                    : Optional.empty();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking for money");
        }
    }
}
