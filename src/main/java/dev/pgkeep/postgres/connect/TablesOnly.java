package dev.pgkeep.postgres.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a session reads no view and no foreign table but those of the system: between looking and reading, a
 * table's owner may put a view in its place, whose functions would run as whoever reads. Servers have a setting for
 * that, {@code restrict_nonsystem_relation_kind}, since 17, 16.4, 15.8, 14.13, 13.16 and 12.20; on others nothing
 * happens.
 */
public final class TablesOnly implements AutoCloseable {
    private static final String KINDS = "view, foreign-table";
    private static final String SET = "SELECT s.setting, pg_catalog.set_config(s.name, ?, ?)"
            + " FROM pg_catalog.pg_settings s WHERE s.name = 'restrict_nonsystem_relation_kind'";

    private final Connection connection;
    private final @Nullable String before;

    private TablesOnly(Connection connection, @Nullable String before) {
        this.connection = connection;
        this.before = before;
    }

    /** Lets only tables be read from now on until it is closed. */
    public static TablesOnly in(Connection connection) throws SQLException {
        return new TablesOnly(connection, set(connection, KINDS, false));
    }

    /** Lets only tables be read from now on for as long as the session lives. */
    public static void always(Connection connection) throws SQLException {
        set(connection, KINDS, false);
    }

    /** Lets only tables be read from now on to the end of the transaction. */
    public static void inTransaction(Connection connection) throws SQLException {
        set(connection, KINDS, true);
    }

    private static @Nullable String set(Connection connection, String kinds, boolean local) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SET)) {
            statement.setString(1, kinds);
            statement.setBoolean(2, local);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    @Override
    public void close() {
        if (before != null) {
            try {
                set(connection, before, false);
            } catch (SQLException e) {
                // The transaction failed, which takes the setting back, or the session is gone.
            }
        }
    }
}
