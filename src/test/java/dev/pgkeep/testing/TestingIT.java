package dev.pgkeep.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.postgres.tools.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what the other tests stand on: the servers and the clients work with each other. */
final class TestingIT {
    @TempDir
    Path folder;

    @EachServerVersion
    void a_database_comes_and_goes(TestServer server) {
        String name;
        try (var database = server.database("Odd \"na me+%/?&ü")) {
            name = database.name();
            database.execute("create table t (n int); insert into t values (1), (2)");
            assertThat(database.count("t")).isEqualTo(2);
            assertThat(database.ask("show server_version_num")).startsWith(Integer.toString(server.major()));
            assertThat(server.hasDatabase(name)).isTrue();
        }
        assertThat(server.hasDatabase(name)).isFalse();
    }

    @EachServerVersion
    void every_client_that_is_new_enough_dumps_it_and_restores(TestServer server) {
        assumeTrue(PostgresClients.canDump(server.major()), "no pg_dump for " + server + " here");
        for (var clients : PostgresClients.tools().sets()) {
            if (clients.version().major() < server.major()) {
                continue;
            }
            try (var from = server.database();
                    var to = server.database()) {
                from.execute("create table t as select n from generate_series(1, 1000) n");
                String file = folder.resolve(clients.version() + ".dump").toString();
                client(from, clients.command(Tool.PG_DUMP, "-Fc", "-f", file));
                // newer clients restore into older servers with settings these do not know: psql skips what fails
                String sql = file + ".sql";
                client(to, clients.command(Tool.PG_RESTORE, "-f", sql, file));
                client(to, List.of(clients.folder().resolve("psql").toString(), "-w", "-X", "-q", "-f", sql));
                assertThat(to.count("t")).as("%s on %s", clients, server).isEqualTo(1000);
            }
        }
    }

    @Test
    void the_supported_versions_are_there_where_the_build_fetches_them() {
        assertThat(PostgresServers.versions()).isNotEmpty();
    }

    private static void client(TestDatabase database, List<String> command) {
        var builder = new ProcessBuilder(new ArrayList<>(command));
        var cluster = database.server().cluster();
        builder.environment().put("PGHOST", cluster.host());
        builder.environment().put("PGPORT", Integer.toString(cluster.port()));
        builder.environment().put("PGUSER", cluster.superuser());
        builder.environment().put("PGPASSWORD", cluster.password());
        builder.environment().put("PGDATABASE", database.name());
        var result = Commands.run(builder);
        assertThat(result.status()).as(result.output()).isZero();
    }
}
