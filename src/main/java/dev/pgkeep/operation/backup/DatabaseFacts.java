package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.ExtensionVersion;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * The facts about a database that the catalog tells at one moment.
 *
 * @param tables tables whose rows pg_dump dumps
 * @param bytes bytes of the whole database, indexes included
 * @param extensions installed extensions
 * @param migrations what migration tools had applied, the main one first
 * @param properties owner, encoding, locale, settings and grants
 */
public record DatabaseFacts(
        List<TableInfo> tables,
        long bytes,
        List<ExtensionVersion> extensions,
        List<Manifest.Migrations> migrations,
        DatabaseProperties properties) {

    static DatabaseFacts read(Connection connection, String database, Optional<String> migrationsQuery) {
        Catalog catalog = new Catalog(connection);
        return new DatabaseFacts(
                catalog.tables().stream().filter(TableInfo::hasDumpedRows).toList(),
                catalog.databaseBytes(),
                catalog.extensions(),
                MigrationHistory.readAll(connection, migrationsQuery).stream()
                        .map(AppliedMigrations::toManifest)
                        .toList(),
                catalog.properties(database).orElseThrow());
    }

    /** Bytes of all tables with rows, without their indexes: what has to be read. */
    public long tableBytes() {
        return tables.stream().mapToLong(TableInfo::bytes).sum();
    }
}
