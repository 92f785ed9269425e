package dev.pgkeep.postgres.catalog;

import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of the system's collations that a server wrote down, against those that its libraries have now. Where
 * they differ, texts may sort in another order than indexes have them, and a database of another version is no template
 * any more.
 */
public final class CollationVersions {
    /** The first release that writes down a version for a database. */
    private static final int FIRST = 15;

    private final Connection connection;

    public CollationVersions(Connection connection) {
        this.connection = connection;
    }

    /**
     * What has another version now.
     *
     * @param name of a database or a collation
     * @param stored the version that was written down
     * @param actual the one that the library has; empty where it says none
     */
    public record Mismatch(String name, String stored, Optional<String> actual) {
        public String text() {
            return name + " is of collation version " + stored + ", while the system has "
                    + actual.orElse("none for its locale");
        }
    }

    /**
     * The databases that differ, of these: the one of the connection, template0, template1.
     *
     * @throws dev.pgkeep.base.error.PgkeepException what the server says
     */
    public List<Mismatch> databases() {
        return ask("""
                SELECT d.datname, d.datcollversion, pg_database_collation_actual_version(d.oid)
                FROM pg_database d
                WHERE d.datname IN (current_database(), 'template0', 'template1')
                  AND d.datcollversion IS DISTINCT FROM pg_database_collation_actual_version(d.oid)
                  AND d.datcollversion IS NOT NULL
                ORDER BY d.datname""");
    }

    /** What keeps template0 from being a template, if anything does. */
    public Optional<Mismatch> ofTemplate() {
        return databases().stream()
                .filter(each -> each.name().equals("template0"))
                .findFirst();
    }

    /** The collations that differ and that an index or a column of the connection's database names. */
    public List<Mismatch> collations() {
        return ask("""
                SELECT c.collname, c.collversion, pg_collation_actual_version(c.oid)
                FROM pg_collation c
                WHERE c.collversion IS NOT NULL
                  AND c.collversion IS DISTINCT FROM pg_collation_actual_version(c.oid)
                  AND EXISTS (SELECT FROM pg_depend d
                              WHERE d.refclassid = 'pg_collation'::regclass AND d.refobjid = c.oid
                                AND d.classid = 'pg_class'::regclass)
                ORDER BY c.collname""");
    }

    private List<Mismatch> ask(String sql) {
        List<Mismatch> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (connection.getMetaData().getDatabaseMajorVersion() < FIRST) {
                return found;
            }
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    found.add(new Mismatch(row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3))));
                }
            }
            return found;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "comparing the versions of collations");
        }
    }
}
