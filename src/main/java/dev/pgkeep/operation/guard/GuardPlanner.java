package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.migrations.CodeMigrations;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Looks at code and database before anything is done. */
final class GuardPlanner {
    private final Connector connector;
    private final DatabaseStateReader looking;
    private final Path codeFolder;

    GuardPlanner(Connector connector, DatabaseStateReader looking, Path codeFolder) {
        this.connector = connector;
        this.looking = looking;
        this.codeFolder = codeFolder;
    }

    /** @throws PgkeepException what keeps the database from being looked at */
    GuardPlan plan(GuardRequest request, Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            Catalog catalog = new Catalog(connection);
            if (catalog.server().standby()) {
                Writable.require(connection);
            }
            DatabaseState before = looking.without(target);
            return new GuardPlan(
                    request,
                    target,
                    catalog.server(),
                    Protection.isOn(connection, target.database()),
                    catalog.databaseBytes(),
                    catalog.connections(target.database()),
                    before,
                    pending(request, before));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at " + target.database());
        }
    }

    private Optional<PendingMigrations> pending(GuardRequest request, DatabaseState before) {
        return request.isMigration()
                ? PendingMigrations.of(
                        request.command().text(), codeFolder, CodeMigrations.findAll(codeFolder), before.migrations())
                : Optional.empty();
    }
}
