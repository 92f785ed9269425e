package dev.pgkeep.postgres.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the names that the server's catalog gives in answer to a question about one thing. */
public final class CatalogNames {
    private CatalogNames() {}

    /**
     * Asks the catalog for names.
     *
     * @param sql a query of one column of text, with one parameter
     */
    public static List<String> ask(Connection connection, String sql, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            List<String> names = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
            return names;
        }
    }
}
