package dev.pgkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fixture is worth something only when PostgreSQL's own tools bring all of it back. */
final class EverythingDatabaseIT {
    @TempDir
    private Path folder;

    static List<ServerPrograms> servers() {
        return ServerPrograms.all(System.getenv(), List.of());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everything_comes_back_from_pg_dump_and_pg_restore(ServerPrograms programs) throws Exception {
        assumeThat(programs.folder().resolve("pg_dump")).exists();
        comesBack(
                programs,
                EverythingDatabase.ofSuperuser().withHugeValue(100_000).withAccounts(5));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void the_owner_of_a_database_can_make_what_needs_no_rights(ServerPrograms programs) throws Exception {
        try (var cluster = start(programs)) {
            run(cluster, "CREATE ROLE plain LOGIN PASSWORD 'plain'", "CREATE DATABASE one OWNER plain");
            try (var connection = DriverManager.getConnection(url(cluster, "one"), "plain", "plain")) {
                EverythingDatabase.ofNormalRole().fill(connection);
                assertThat(ContentHash.of(connection)).hasSizeGreaterThan(100);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void one_changed_value_changes_the_content_and_one_changed_comment_the_schema(ServerPrograms programs)
            throws Exception {
        assumeThat(programs.folder().resolve("pg_dump")).exists();
        try (var cluster = start(programs);
                var connection = connect(cluster, "postgres");
                var statement = connection.createStatement()) {
            EverythingDatabase.empty().withManyTables(600).fill(connection);
            var content = ContentHash.of(connection);
            var schema = schema(cluster, "postgres");
            statement.execute("UPDATE many_2.table_555 SET name = NULL WHERE name = ''");
            statement.execute("COMMENT ON TABLE many_1.table_7 IS 'seven'");
            assertThat(ContentHash.differences(content, ContentHash.of(connection)))
                    .singleElement()
                    .asString()
                    .startsWith("many_2.table_555: was ");
            assertThat(schema.difference(schema(cluster, "postgres")))
                    .contains("+ COMMENT ON TABLE many_1.table_7 IS 'seven';")
                    .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.startsWith("+ ")));
        }
    }

    private void comesBack(ServerPrograms programs, EverythingDatabase everything) throws Exception {
        try (var cluster = start(programs)) {
            run(cluster, "CREATE DATABASE one TEMPLATE template0", "CREATE DATABASE two TEMPLATE template0");
            try (var one = connect(cluster, "one");
                    var two = connect(cluster, "two")) {
                everything.fill(one);
                var dump = folder.resolve("one.dump").toString();
                tool(cluster, "pg_dump", "--format=custom", "--file=" + dump, "one");
                tool(cluster, "pg_restore", "--exit-on-error", "--dbname=two", dump);
                assertThat(ContentHash.differences(ContentHash.of(one), ContentHash.of(two)))
                        .isEmpty();
            }
            assertThat(schema(cluster, "one").difference(schema(cluster, "two")))
                    .isEmpty();
        }
    }

    private LocalCluster start(ServerPrograms programs) throws Exception {
        // The server may have to run as another user, which must be able to enter.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return LocalCluster.start(programs, ClusterOptions.in(folder));
    }

    private static void run(LocalCluster cluster, String... statements) throws SQLException {
        try (var connection = connect(cluster, "postgres");
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void tool(LocalCluster cluster, String name, String... arguments) throws Exception {
        var errors = new File(folder.toFile(), name + ".err");
        var builder =
                new ProcessBuilder(cluster.programs().folder().resolve(name).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment(cluster));
        int status =
                builder.redirectErrorStream(true).redirectOutput(errors).start().waitFor();
        assertThat(status).as(Files.readString(errors.toPath())).isZero();
    }

    private static SchemaText schema(LocalCluster cluster, String database) throws Exception {
        return SchemaText.of(cluster.programs().folder().resolve("pg_dump"), environment(cluster), database);
    }

    private static Map<String, String> environment(LocalCluster cluster) {
        return Map.of(
                "PGHOST", cluster.host(),
                "PGPORT", Integer.toString(cluster.port()),
                "PGUSER", cluster.superuser(),
                "PGPASSWORD", cluster.password());
    }

    private static String url(LocalCluster cluster, String database) {
        return "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/" + database;
    }

    private static Connection connect(LocalCluster cluster, String database) throws SQLException {
        return DriverManager.getConnection(url(cluster, database), cluster.superuser(), cluster.password());
    }
}
