package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Schemas of single tables: pg_dump leaves them out where tables were chosen, so that the dump alone cannot be loaded.
 */
final class MissingSchemas {
    private MissingSchemas() {}

    /** Creates the schemas that a backup of chosen tables needs. */
    static void create(RestoreSource source, Connection inside) {
        for (String schema : source.manifest().map(MissingSchemas::of).orElse(List.of())) {
            try (Statement statement = inside.createStatement()) {
                statement.setEscapeProcessing(false);
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(schema));
            } catch (SQLException e) {
                throw SqlErrors.translate(e, "creating the schema " + schema);
            }
        }
    }

    private static List<String> of(Manifest manifest) {
        boolean chosen = manifest.filters().stream().anyMatch(option -> option.startsWith("--table="));
        return chosen
                ? manifest.tables().stream()
                        .map(Manifest.Table::schema)
                        .distinct()
                        .toList()
                : List.of();
    }
}
