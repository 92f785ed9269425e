package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables of an extension whose rows are dumped only in part, as PostGIS' {@code spatial_ref_sys}, or all of them
 * although the extension brings some.
 */
final class ExtensionRowsIT {
    private static final String SYSTEMS = """
            CREATE TABLE systems (id int PRIMARY KEY, name text, mine boolean NOT NULL DEFAULT true);
            INSERT INTO systems VALUES (1, 'one', false), (2, 'two', false), (3, 'three', false);
            SELECT pg_catalog.pg_extension_config_dump('systems', 'WHERE mine');
            """;

    /** The condition selects rows that the extension brings itself. */
    private static final String PARTS = """
            CREATE TABLE parts (id int PRIMARY KEY, name text);
            INSERT INTO parts VALUES (1, 'brought'), (2, 'brought'), (3, 'brought');
            SELECT pg_catalog.pg_extension_config_dump('parts', 'WHERE id > 1');
            CREATE TABLE pieces (part int REFERENCES parts ON DELETE CASCADE);
            INSERT INTO pieces VALUES (1), (2);
            """;

    private static Optional<TestServer> server = Optional.empty();

    @TempDir
    private Path folder;

    /** On the first server whose folder of extensions may be written. */
    @BeforeAll
    static void install() throws IOException {
        for (int version : PostgresServers.versions().reversed()) {
            Path extensions = extensions(version);
            if (server.isEmpty() && version != 15 && version < 18 && Files.isWritable(extensions)) {
                install(extensions, "pgkeep_systems", SYSTEMS);
                install(extensions, "pgkeep_parts", PARTS);
                server = Optional.of(PostgresServers.version(version));
            }
        }
    }

    private static void install(Path folder, String name, String script) throws IOException {
        Files.writeString(
                folder.resolve(name + ".control"), "default_version = '1'\nrelocatable = false\nschema = public\n");
        Files.writeString(folder.resolve(name + "--1.sql"), script);
    }

    private static Path extensions(int version) {
        return Path.of(PostgresServers.version(version).ask("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'"))
                .resolve("extension");
    }

    @ParameterizedTest
    @EnumSource(names = {"CHUNKED", "CUSTOM", "PLAIN"})
    void rows_that_an_extension_leaves_to_dumps_are_counted_and_come_back(Format format) {
        try (TestDatabase database = filled("pgkeep_systems")) {
            database.execute("INSERT INTO systems VALUES (10, 'own'), (11, 'own'); DELETE FROM systems WHERE id = 2");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(format, "none"));

            assertThat(rows(made, "systems")).isEqualTo(2);
            assertThat(bench.check(made).state()).isEqualTo(VerifyResult.State.CHECKED);
            database.execute("DELETE FROM systems WHERE mine");
            // What CREATE EXTENSION brings and the condition leaves out is the extension's.
            bench.restore(made);
            assertThat(database.column("SELECT id FROM systems ORDER BY id"))
                    .containsExactly("1", "2", "3", "10", "11");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHUNKED", "CUSTOM"})
    void rows_alone_leave_those_of_the_extension(Format format) {
        try (TestDatabase database = filled("pgkeep_systems")) {
            database.execute("INSERT INTO systems VALUES (10, 'own')");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(format, "none"));
            database.execute("UPDATE systems SET name = 'other' WHERE id IN (1, 10)");

            bench.restore(made, Wish.of(bench.target()).dataOnly().truncate().tables("systems"));

            assertThat(database.column("SELECT name FROM systems ORDER BY id"))
                    .containsExactly("other", "two", "three", "own");
        }
    }

    @Test
    void rows_that_create_extension_brings_back_do_not_stay() {
        try (TestDatabase database = filled("pgkeep_parts")) {
            database.execute("DELETE FROM parts WHERE id = 3; UPDATE parts SET name = 'own' WHERE id = 2");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup();

            bench.restore(made);

            assertThat(database.column("SELECT id || name FROM parts ORDER BY id"))
                    .containsExactly("1brought", "2own");
            assertThat(database.column("SELECT part FROM pieces ORDER BY 1")).containsExactly("1", "2");
            assertThat(bench.prove(made).state()).isEqualTo(VerifyResult.State.PROVEN);
        }
    }

    private static TestDatabase filled(String extension) {
        assumeTrue(server.isPresent(), "no server's folder of extensions may be written");
        TestDatabase database = server.orElseThrow().database();
        database.execute("CREATE EXTENSION " + extension + "; CREATE TABLE t AS SELECT 1 AS n");
        return database;
    }

    private static long rows(Manifest manifest, String table) {
        return manifest.tables().stream()
                .filter(each -> each.name().equals(table))
                .map(Manifest.Table::rows)
                .toList()
                .getFirst();
    }
}
