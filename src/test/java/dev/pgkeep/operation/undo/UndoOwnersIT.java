package dev.pgkeep.operation.undo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undo gives things back to whom they belonged, also where nobody gets to another database than the one. */
final class UndoOwnersIT {
    private static final int MAJOR = PostgresServers.versions().getLast();

    @TempDir
    Path folder;

    @Test
    void owners_and_rights_come_back_by_way_of_the_database_itself() throws IOException {
        try (LocalCluster cluster = PostgresServers.own(MAJOR)) {
            TestServer server = new TestServer(MAJOR, cluster);
            server.execute("create role keeper superuser login password 'sesame'");
            server.execute("create role app");
            server.execute("create database shop");
            TestDatabase database = server.databaseToBe("shop");
            database.execute("create table things (id int primary key); alter table things owner to app;"
                    + " grant select on things to public");
            Path rules = cluster.dataFolder().resolve("pg_hba.conf");
            Files.writeString(rules, "host postgres,template1 keeper all reject\n" + Files.readString(rules));
            server.execute("select pg_reload_conf()");

            String place = "postgresql://keeper:sesame@127.0.0.1:" + cluster.port();
            InProcessPgkeep pgkeep = InProcessPgkeep.in(folder).env("DATABASE_URL", place + "/shop");
            await().until(() ->
                    pgkeep.run("db", "--tables", "--url", place + "/postgres").status() != 0);
            done(pgkeep.run("guard", "--", "true"));
            done(pgkeep.run("undo", "--yes"));
            assertThat(database.column("select tableowner from pg_tables where tablename = 'things'"))
                    .containsExactly("app");
            assertThat(database.column("select has_table_privilege('public', 'things', 'select')::text"))
                    .containsExactly("true");
        }
    }

    private static void done(Finished finished) {
        assertThat(finished.status()).as(finished.output()).isZero();
    }
}
