package dev.pgkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The schema of a database as pg_dump prints it, and the content of all its tables, sequences and large objects. */
public record State(SchemaText schema, Map<String, TableContent> content) {
    private static final Path PG_DUMP =
            PostgresClients.tools().sets().getFirst().folder().resolve("pg_dump");

    /** Everything, with owners and rights. */
    public static State of(TestDatabase database) {
        return read(database);
    }

    /** Everything but who owns it and who may use it. */
    static State withoutOwners(TestDatabase database) {
        return read(database, "--no-owner", "--no-privileges");
    }

    private static State read(TestDatabase database, String... options) {
        var cluster = database.server().cluster();
        var environment = Map.of(
                "PGHOST", cluster.host(),
                "PGPORT", Integer.toString(cluster.port()),
                "PGUSER", cluster.superuser(),
                "PGPASSWORD", cluster.password());
        String name = "dbname='" + database.name().replace("\\", "\\\\").replace("'", "\\'") + "'";
        try (var connection = database.connect()) {
            return new State(SchemaText.of(PG_DUMP, environment, name, options), ContentHash.of(connection));
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("cannot read " + database, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** The same without the content of tables whose names begin so. */
    public State withoutRowsOf(String beginning) {
        var rest = new TreeMap<>(content);
        rest.keySet().removeIf(name -> name.startsWith(beginning));
        return new State(schema, rest);
    }

    public void assertSameAs(State before) {
        assertThat(before.schema.difference(schema)).as("schema").isEmpty();
        assertSameRowsAs(before);
    }

    public void assertSameRowsAs(State before) {
        assertThat(ContentHash.differences(before.content, content))
                .as("content")
                .isEmpty();
    }
}
