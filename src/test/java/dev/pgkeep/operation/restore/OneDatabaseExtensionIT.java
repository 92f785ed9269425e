package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An extension that only one database of a server may have, by its name, as pg_cron: a database beside it cannot have
 * it, so its content is replaced where it is.
 */
final class OneDatabaseExtensionIT {
    /** A library that every server has; an extension of that name is the test's own. */
    private static final String NAME = "auto_explain";

    private static final String ONLY_HERE = """
            DO $$
            BEGIN
                IF pg_catalog.current_database() !~ '^shop_[0-9]+$' THEN
                    RAISE EXCEPTION 'can only create extension in database shop, not in %', pg_catalog.current_database();
                END IF;
            END $$;
            CREATE TABLE jobs (id int PRIMARY KEY, command text);
            SELECT pg_catalog.pg_extension_config_dump('jobs', '');
            """;

    @TempDir
    Path folder;

    @Test
    void a_database_with_it_is_restored_in_place_and_undone_so() throws IOException {
        int major = 17;
        assumeTrue(PostgresServers.versions().contains(major), "PostgreSQL 17");
        try (LocalCluster cluster =
                PostgresServers.own(major, PostgresServers.options().setting("shared_preload_libraries", NAME))) {
            TestServer server = new TestServer(major, cluster);
            Path extensions = Path.of(server.ask("SELECT setting FROM pg_config WHERE name = 'SHAREDIR'"))
                    .resolve("extension");
            assumeTrue(Files.isWritable(extensions), "the folder of extensions");
            Files.writeString(extensions.resolve(NAME + ".control"), "default_version = '1'\nschema = public\n");
            Files.writeString(extensions.resolve(NAME + "--1.sql"), ONLY_HERE);
            Bench bench = Bench.in(folder, server, 100);
            bench.database().execute("create extension auto_explain; insert into jobs values (1, 'vacuum')");
            String backup = bench.backup();
            bench.database().execute("delete from orders; insert into jobs values (2, 'analyze')");
            var now = bench.content();

            Finished done = bench.run("restore", backup, "--yes");
            assertThat(done.stderr()).contains("alone: EXTENSION auto_explain", "in one transaction");
            assertThat(bench.database().count("orders")).isEqualTo(100);
            assertThat(bench.database().column("select command from jobs")).containsExactly("vacuum");

            bench.run("undo", "--yes");
            assertThat(bench.content()).isEqualTo(now);
            bench.nothingIsLeft();
        }
    }
}
