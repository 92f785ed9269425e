package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Looks at the database that a restore would change. */
public final class TargetProbe {

    private static final String OWNED = "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = ?";

    private final Connector connector;
    private final Connection beside;

    public TargetProbe(Connector connector, Connection beside) {
        this.connector = connector;
        this.beside = beside;
    }

    /** Looks at the target; empty when there is no such database. */
    public Optional<ExistingDatabase> look(Target target) throws SQLException {
        Catalog server = new Catalog(beside);
        Optional<DatabaseProperties> properties = server.properties(target.database());
        if (properties.isEmpty()) {
            return Optional.empty();
        }
        try (Connection inside = connector.open(target, "pgkeep")) {
            Catalog catalog = new Catalog(inside);
            return Optional.of(new ExistingDatabase(
                    properties.get(),
                    catalog.tables(),
                    number(inside, "objects"),
                    number(inside, "other-objects"),
                    catalog.databaseBytes(),
                    server.connections(target.database()).stream()
                            .filter(each -> !each.application().startsWith("pgkeep"))
                            .toList(),
                    owned(target.database()),
                    catalog.extensions().stream()
                            .filter(each -> !each.name().equals("plpgsql"))
                            .toList(),
                    Protection.isOn(beside, target.database())));
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.DATABASE_MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean owned(String database) throws SQLException {
        try (PreparedStatement statement = beside.prepareStatement(OWNED)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SqlResource.text(TargetProbe.class, query))) {
            row.next();
            return row.getLong(1);
        }
    }
}
