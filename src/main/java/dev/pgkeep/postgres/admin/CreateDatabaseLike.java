package dev.pgkeep.postgres.admin;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.DatabaseProperties;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The statements that make an equal database out of {@code template0}, each to be run by itself, outside a transaction,
 * connected to another database.
 *
 * @param create before the contents are loaded: the database, its comment and its grants, so that nobody gets in
 *     meanwhile who was kept out before
 * @param finish after loading: settings (a timeout or a read-only default would disturb the load), connection limit and
 *     the like
 * @param notes what could not be taken over, and why; one line each
 */
public record CreateDatabaseLike(List<String> create, List<String> finish, List<String> notes) {
    public CreateDatabaseLike {
        create = List.copyOf(create);
        finish = List.copyOf(finish);
        notes = List.copyOf(notes);
    }

    /**
     * Plans a database like the described one, under any name. Pure.
     *
     * @param name of the database to make
     * @param serverMajor major version of the server it is made on
     * @param roles the roles of that server
     * @param tablespaces the tablespaces of that server
     */
    public static CreateDatabaseLike plan(
            DatabaseProperties properties, String name, int serverMajor, Set<String> roles, Set<String> tablespaces) {
        return new CreateDatabasePlan(properties, name, serverMajor, roles, tablespaces).plan();
    }

    /** Plans for the connected server. */
    public static CreateDatabaseLike plan(DatabaseProperties properties, String name, Connection connection) {
        var catalog = new Catalog(connection);
        return plan(properties, name, catalog.server().major(), catalog.roles(), catalog.tablespaces());
    }

    /** The statements to create and to finish a database, in order. */
    public List<String> all() {
        return Stream.concat(create.stream(), finish.stream()).toList();
    }

    /**
     * Creates the database.
     *
     * @return notes of rights that could not be given back
     * @throws PgkeepException when the database itself cannot be created
     */
    public List<String> create(Connection connection) {
        execute(connection, create.getFirst());
        return executeAll(connection, create.subList(1, create.size()));
    }

    /** Gives the loaded database its settings and limits; returns notes of those that could not be given. */
    public List<String> finish(Connection connection) {
        return executeAll(connection, finish);
    }

    private static List<String> executeAll(Connection connection, List<String> statements) {
        var failed = new ArrayList<String>();
        for (String statement : statements) {
            try {
                execute(connection, statement);
            } catch (PgkeepException e) {
                failed.add(e.getMessage());
            }
        }
        return failed;
    }

    private static void execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, sql);
        }
    }
}
