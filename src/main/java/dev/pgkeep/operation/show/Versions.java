package dev.pgkeep.operation.show;

import dev.pgkeep.format.manifest.Manifest.Migrations;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.AppliedMigrations;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import dev.pgkeep.postgres.migrations.MigrationHistory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Tells what runs where: the server and the migrations that were applied, and those of the code. */
public final class Versions {
    private final Connector connector;

    public Versions(Connector connector) {
        this.connector = connector;
    }

    /**
     * A database, seen by its versions.
     *
     * @param version of the server
     * @param migrations what each migration tool has applied
     * @param marked whether {@code pgkeep protect} marked the database
     */
    public record Server(String version, List<Migrations> migrations, boolean marked) {
        public Server {
            migrations = List.copyOf(migrations);
        }
    }

    /** The migrations of the code in a folder; empty where it has none. */
    public Optional<CodeMigrations> ofCode(Path folder) {
        return CodeMigrations.find(folder);
    }

    /**
     * The versions of a database.
     *
     * @param migrationsQuery asks for the migrations of a tool that is not known
     * @throws dev.pgkeep.base.error.PgkeepException when the server cannot be asked
     */
    public Server ofServer(Target target, Optional<String> migrationsQuery) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            String version = new Catalog(connection).server().version();
            List<Migrations> applied = MigrationHistory.readAll(connection, migrationsQuery).stream()
                    .map(AppliedMigrations::toManifest)
                    .toList();
            return new Server(version, applied, Protection.isOn(connection, target.database()));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking the server");
        }
    }
}
