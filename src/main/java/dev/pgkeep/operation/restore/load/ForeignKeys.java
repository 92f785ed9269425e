package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Foreign keys of tables that are about to be dropped, which would keep the tables that they point to. */
final class ForeignKeys {
    private static final String DROPS = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
            FROM pg_constraint
            WHERE contype = 'f' AND conparentid = 0
              AND conrelid = ANY (SELECT to_regclass(name) FROM unnest(?) name)""";

    private ForeignKeys() {}

    /** Drops the foreign keys of the tables that are there. */
    static void drop(Connection connection, Set<TableName> tables) {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(connection, tables)) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "dropping foreign keys of tables that are replaced");
        }
    }

    private static List<String> statements(Connection connection, Set<TableName> tables) throws SQLException {
        String[] names = tables.stream()
                .map(table -> Sql.identifier(table.schema(), table.name()))
                .toArray(String[]::new);
        List<String> drops = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DROPS)) {
            statement.setArray(1, connection.createArrayOf("text", names));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    drops.add(row.getString(1));
                }
            }
        }
        return drops;
    }
}
