package dev.pgkeep.postgres.catalog;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.DatabaseProperties.Grant;
import dev.pgkeep.format.manifest.DatabaseProperties.Grants;
import dev.pgkeep.format.manifest.DatabaseProperties.Setting;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads everything that makes one database different from a fresh one, its contents left aside. */
final class PropertiesReader {
    private PropertiesReader() {}

    static Optional<DatabaseProperties> read(Connection connection, String database) {
        String during = "reading the properties of " + database;
        List<Setting> settings = SqlResource.of(PropertiesReader.class, "database-settings", during)
                .rows(connection, row -> new Setting(row.getString(1), row.getString(2), row.getString(3)), database);
        List<Grant> grants = SqlResource.of(PropertiesReader.class, "database-grants", during)
                .rows(connection, PropertiesReader::grant, database);
        return SqlResource.of(PropertiesReader.class, "database", during)
                .rows(connection, row -> properties(row, settings, grants), database)
                .stream()
                .findFirst();
    }

    private static DatabaseProperties properties(ResultSet row, List<Setting> settings, List<Grant> grants)
            throws SQLException {
        return new DatabaseProperties(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getBoolean(10),
                row.getBoolean(11),
                Protection.withoutMark(row.getString(12)),
                settings,
                new Grants(row.getBoolean(13), grants));
    }

    private static Grant grant(ResultSet row) throws SQLException {
        var privileges = Arrays.asList((String[]) row.getArray(3).getArray());
        return new Grant(row.getString(1), row.getString(2), privileges, row.getBoolean(4));
    }
}
