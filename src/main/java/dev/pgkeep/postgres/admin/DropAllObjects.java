package dev.pgkeep.postgres.admin;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
            inTransaction("10s");
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

    /**
     * Empties the database in the transaction of the caller, who ends it. What goes takes along what depends on it,
     * also where that belongs to others, so it is looked at before and after.
     *
     * @param patience how long a lock is waited for, as PostgreSQL has it; goes on to hold in the transaction
     * @throws PgkeepException RIGHTS_MISSING where something of others would go or be changed, LOCK_BUSY
     */
    public void inTransaction(String patience) {
        try {
            execute("SET LOCAL lock_timeout = '" + patience + "'");
            Map<String, String> before = others();
            dropAll();
            Map<String, String> after = others();
            List<String> changed = before.entrySet().stream()
                    .filter(each -> !each.getValue().equals(after.get(each.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!changed.isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.RIGHTS_MISSING,
                        "what belongs to other roles depends on what would be dropped, and would be lost or changed: "
                                + changed.stream().limit(5).collect(Collectors.joining(", "))
                                + (changed.size() > 5 ? " and " + (changed.size() - 5) + " more" : ""),
                        "connect as a role that may create databases, or as a superuser: then all of it is replaced");
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "emptying the database");
        }
    }

    /** What belongs to others, and what it is made of, by its name. */
    private Map<String, String> others() throws SQLException {
        Map<String, String> others = new TreeMap<>();
        try (PreparedStatement statement =
                        connection.prepareStatement(SqlResource.text(DropAllObjects.class, "others"));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                others.put(row.getString(1), row.getString(2));
            }
        }
        return others;
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
        dropInSchemasThatStay();
        dropLargeObjects();
    }

    /** A drop cascades over others in the list, so what still exists is asked anew until nothing is left. */
    private void dropInSchemasThatStay() throws SQLException {
        List<String> drops = query("in-schemas-that-stay");
        while (!drops.isEmpty()) {
            execute(drops.getFirst());
            drops = query("in-schemas-that-stay");
        }
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
