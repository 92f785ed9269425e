package dev.pgkeep.postgres.catalog;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds which code of others a statement of the user would run with the rights of the role that is connected. An
 * operator that somebody made for {@code varchar} is found before the system's own, which is for {@code text}; a cast
 * is called without being named; a table may be a view by now. So the statement becomes a temporary view first, which
 * the server parses and does not run, and the view's dependencies tell. What is run then is that same view.
 *
 * <p>What the statement names with its schema is meant, and what belongs to a superuser, to the role itself or to one
 * that could act as it is nothing new.
 */
public final class OthersCode {
    private static final SqlResource QUERY =
            SqlResource.of(OthersCode.class, "others-code", "looking what a condition would call");
    private static final Pattern JSON = Pattern.compile("json", Pattern.CASE_INSENSITIVE);

    /**
     * @param signature with types, its schema unless it is the system's
     * @param named whether it can be called by its name in the statement; false for casts and what views call
     */
    private record Call(String signature, String schema, String name, String owner, boolean operator, boolean named) {
        static Call of(ResultSet row) throws SQLException {
            return new Call(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5),
                    row.getBoolean(6));
        }

        boolean isMeantBy(String text) {
            String qualified = word(schema) + "\\s*\\.\\s*" + (operator ? Pattern.quote(name) : word(name));
            String call = operator ? "operator\\s*\\(\\s*" + qualified + "\\s*\\)" : qualified + "\\s*\\(";
            return named
                    && Pattern.compile(call, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                            .matcher(text)
                            .find();
        }

        private static String word(String name) {
            return "(?:\\b" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + "|" + Pattern.quote(Sql.identifier(name))
                    + ")";
        }
    }

    private OthersCode() {}

    /**
     * Makes sure that a view runs nothing of others that its text does not name with its schema.
     *
     * @param connection in the transaction that made the view
     * @param view the temporary view, quoted
     * @param text what the user wrote
     * @param origin where it was written, for people
     * @throws PgkeepException REFUSED when it does
     */
    public static void refuse(Connection connection, String view, String text, String origin) {
        try (var statement = connection.createStatement()) {
            // Views in it are what they are until the end of the transaction.
            statement.execute("LOCK TABLE " + view + " IN ACCESS SHARE MODE");
        } catch (SQLException e) {
            throw SqlErrors.translate(e, origin);
        }
        List<Call> calls = calls(connection, view, JSON.matcher(text).find());
        calls.stream().filter(call -> !call.isMeantBy(text)).findFirst().ifPresent(call -> {
            throw refused(call, origin);
        });
    }

    private static PgkeepException refused(Call call, String origin) {
        String written = Sql.identifier(call.schema()) + "." + call.name();
        return new PgkeepException(
                ErrorCode.REFUSED,
                origin + " would call " + call.signature() + ", code of the role " + call.owner()
                        + ", with the rights of the role that is connected",
                "connect as " + call.owner()
                        + (call.named()
                                ? "; or, if it is meant, write it with its schema: "
                                        + (call.operator()
                                                ? "OPERATOR(" + written + ")"
                                                : Sql.identifier(call.schema(), call.name()) + "(…)")
                                : ""));
    }

    private static List<Call> calls(Connection connection, String view, boolean json) {
        try (var statement = connection.prepareStatement(QUERY.text())) {
            statement.setLong(1, oid(connection, view));
            statement.setBoolean(2, json);
            statement.setBoolean(3, json);
            try (ResultSet rows = statement.executeQuery()) {
                var found = new java.util.ArrayList<Call>();
                while (rows.next()) {
                    found.add(Call.of(rows));
                }
                return found;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, QUERY.during());
        }
    }

    private static long oid(Connection connection, String view) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT pg_catalog.to_regclass(?)::pg_catalog.oid::pg_catalog.int8")) {
            statement.setString(1, view);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
