package dev.pgkeep.postgres.admin;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.SqlResource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Empties a database without dropping it, for roles that may not create databases: ends the other sessions of this
 * role, then drops in one transaction every schema, extension, large object and publication that the role may drop. The
 * schema {@code public} stays and only its contents go, since a database without it is not what a dump expects.
 */
public final class DropAllObjects {
    private static final int LARGE_OBJECTS_AT_ONCE = 1000;

    private final Connection connection;

    public DropAllObjects(Connection connection) {
        this.connection = connection;
    }

    /** Empties the database, or changes nothing. */
    public void run() {
        try {
            endSessions();
            connection.setAutoCommit(false);
            inTransaction();
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "emptying the database (nothing was changed)");
        }
    }

    /** Ends the other sessions of roles that this one belongs to. */
    public void endSessions() {
        try {
            query("end-sessions");
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "ending the other sessions");
        }
    }

    /** Empties the database in the transaction of the caller, who ends it. */
    public void inTransaction() {
        try {
            execute("SET LOCAL lock_timeout = '10s'");
            dropAll();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "emptying the database");
        }
    }

    private void dropAll() throws SQLException {
        executeAll(query("outside-schemas"));
        executeAll(query("indexed-by-extensions"));
        for (String extension : query("extensions")) {
            execute("DROP EXTENSION IF EXISTS " + Sql.identifier(extension) + " CASCADE");
        }
        for (String publication : query("publications")) {
            execute("DROP PUBLICATION IF EXISTS " + Sql.identifier(publication));
        }
        for (String schema : query("schemas")) {
            execute("DROP SCHEMA IF EXISTS " + Sql.identifier(schema) + " CASCADE");
        }
        dropInPublic();
        dropLargeObjects();
    }

    /** A drop cascades over others in the list, so what still exists is asked anew until nothing is left. */
    private void dropInPublic() throws SQLException {
        List<String> drops = hasPublic() ? query("in-public") : List.of();
        while (!drops.isEmpty()) {
            execute(drops.getFirst());
            drops = query("in-public");
        }
    }

    private boolean hasPublic() throws SQLException {
        return !values("SELECT nspname FROM pg_namespace WHERE nspname = 'public'")
                .isEmpty();
    }

    private void dropLargeObjects() throws SQLException {
        String some = "SELECT lo_unlink(oid)::text FROM (SELECT oid FROM pg_largeobject_metadata"
                + " WHERE pg_has_role(lomowner, 'USAGE') LIMIT " + LARGE_OBJECTS_AT_ONCE + ") o";
        while (!values(some).isEmpty()) {
            // Batches keep the number of locks within what a server allows.
        }
    }

    /** First column of what a file of this package asks for. */
    private List<String> query(String file) throws SQLException {
        return values(SqlResource.text(DropAllObjects.class, file));
    }

    private List<String> values(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                values.add(row.getString(1));
            }
        }
        return values;
    }

    private void executeAll(List<String> statements) throws SQLException {
        for (String sql : statements) {
            execute(sql);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
