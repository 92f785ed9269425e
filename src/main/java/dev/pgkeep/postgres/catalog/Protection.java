package dev.pgkeep.postgres.catalog;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The mark on a database that makes every destructive command ask for its name.
 *
 * <p>It is a setting of the database, {@code pgkeep.protected}, which belongs to the database and not to its contents:
 * no dump of the contents carries it anywhere. Servers let only superusers (and roles with {@code GRANT SET ON
 * PARAMETER}) set what they do not know, so for other owners it is a mark at the end of the database's comment, which
 * dumps do not carry either. {@link PropertiesReader} leaves both out, so that no metadata holds them.
 *
 * <p>All methods may be called on a connection to any database of the server.
 */
public final class Protection {
    /** The setting; {@code off}, {@code false}, {@code no}, {@code 0} and nothing mean that it is not protected. */
    public static final String SETTING = "pgkeep.protected";

    static final String COMMENT = "[protected by pgkeep]";
    private static final String NOT_ALLOWED = "42501";

    /** The place where the mark of a database is. */
    public enum Carrier {
        SETTING("the setting " + Protection.SETTING),
        COMMENT("a mark in its comment");

        private final String text;

        Carrier(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private record Mark(
            boolean setting, boolean comment, @Nullable String wholeComment) {}

    private Protection() {}

    /** Whether that database is marked; not when there is none of that name. */
    public static boolean isOn(Connection connection, String database) {
        Mark mark = read(connection, database);
        return mark.setting() || mark.comment();
    }

    /**
     * Marks a database.
     *
     * @throws PgkeepException RIGHTS_MISSING when it belongs to somebody else
     */
    public static Carrier put(Connection connection, String database) {
        try {
            execute(connection, "ALTER DATABASE " + Sql.identifier(database) + " SET " + SETTING + " TO 'on'");
            return Carrier.SETTING;
        } catch (SQLException e) {
            if (!NOT_ALLOWED.equals(e.getSQLState())) {
                throw SqlErrors.translate(e, "protecting " + database);
            }
        }
        Mark mark = read(connection, database);
        if (!mark.comment()) {
            String before = mark.wholeComment() == null ? "" : mark.wholeComment() + " ";
            comment(connection, database, before + COMMENT, "protecting " + database);
        }
        return Carrier.COMMENT;
    }

    /**
     * Takes the mark away, wherever it is.
     *
     * @throws PgkeepException RIGHTS_MISSING when this role may not
     */
    public static void remove(Connection connection, String database) {
        Mark mark = read(connection, database);
        if (mark.setting()) {
            reset(connection, database);
        }
        if (mark.comment()) {
            comment(connection, database, withoutMark(mark.wholeComment()), "taking the protection away");
        }
    }

    /** A comment as it was before the mark was put to it. */
    static @Nullable public String withoutMark(@Nullable String comment) {
        if (comment == null || !comment.contains(COMMENT)) {
            return comment;
        }
        String rest = comment.replace(" " + COMMENT, "").replace(COMMENT, "");
        return rest.isBlank() ? null : rest;
    }

    /** Whether a setting is the mark, which is never taken over with others. */
    public static boolean isMark(String setting) {
        return setting.equalsIgnoreCase(SETTING);
    }

    private static Mark read(Connection connection, String database) {
        return SqlResource.of(Protection.class, "protection", "looking whether " + database + " is protected")
                .rows(connection, row -> new Mark(row.getBoolean(1), row.getBoolean(2), row.getString(3)), database)
                .stream()
                .findFirst()
                .orElse(new Mark(false, false, null));
    }

    private static void reset(Connection connection, String database) {
        try {
            execute(connection, "ALTER DATABASE " + Sql.identifier(database) + " RESET " + SETTING);
        } catch (SQLException e) {
            if (!NOT_ALLOWED.equals(e.getSQLState())) {
                throw SqlErrors.translate(e, "taking the protection away");
            }
            throw new PgkeepException(
                    ErrorCode.RIGHTS_MISSING,
                    "a superuser protected " + database + ", and this role may not take that back",
                    "as a superuser: ALTER DATABASE " + Sql.identifier(database) + " RESET " + SETTING,
                    e);
        }
    }

    private static void comment(Connection connection, String database, @Nullable String text, String during) {
        String value = text == null ? "NULL" : Sql.literal(text);
        try {
            execute(connection, "COMMENT ON DATABASE " + Sql.identifier(database) + " IS " + value);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, during);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
