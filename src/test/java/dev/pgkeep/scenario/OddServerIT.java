package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that cannot be connected to, and templates that cannot be copied: on a server of its own. */
final class OddServerIT {
    private static final int MAJOR = 15;
    private static LocalCluster cluster;
    private static TestServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        cluster = PostgresServers.own(MAJOR);
        server = new TestServer(MAJOR, cluster);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void databases_that_a_backup_of_all_leaves_out_are_named_and_make_it_fail_also_when_it_is_quiet() {
        server.execute("create role clerk login password 'few' in role pg_read_all_data");
        server.execute("create database shop owner clerk");
        server.execute("create database closed allow_connections false");
        server.execute("create database broken");
        server.execute("update pg_database set datconnlimit = -2 where datname = 'broken'");
        server.execute("create database private");
        server.execute("revoke connect on database private from public");
        server.execute("create database pattern is_template true");
        InProcessPgkeep clerk = InProcessPgkeep.in(folder)
                .env("DATABASE_URL", "postgresql://clerk:few@127.0.0.1:" + cluster.port() + "/shop");

        Finished quiet = clerk.run("backup", "--all", "-q");
        assertThat(quiet.status()).isNotZero();
        assertThat(quiet.stderr())
                .contains("the database broken was left out", "DROP DATABASE \"broken\"")
                .contains("the database closed was left out", "ALLOW_CONNECTIONS true")
                .contains("the database private was left out", "GRANT CONNECT ON DATABASE \"private\" TO \"clerk\"")
                .doesNotContain("pattern", "template", "is empty");
        assertThat(clerk.run("list").stdout()).contains("shop_");
        Finished json = clerk.run("backup", "--all", "--json");
        assertThat(json.status()).isNotZero();
        assertThat(json.stdout()).contains("the database private was left out");

        Finished one = clerk.run("backup", "--url", "postgresql://clerk:few@127.0.0.1:" + cluster.port() + "/broken");
        assertThat(one.stderr()).contains("is invalid", "DROP DATABASE broken");
        for (String name : new String[] {"closed", "broken", "private"}) {
            server.execute("drop database " + name);
        }
        assertThat(clerk.run("backup", "--all", "-q").status()).isZero();
    }

    @Test
    void a_template_of_another_collation_version_is_told_before_the_safety_backup() {
        server.execute("create database sorted");
        TestDatabase database = server.databaseToBe("sorted");
        database.execute("create table t (id int); insert into t values (1)");
        InProcessPgkeep pgkeep = InProcessPgkeep.on(database, folder);
        assertThat(pgkeep.run("doctor").output()).contains("collations", "of the versions that the server's");
        assertThat(pgkeep.run("backup", "--name", "mine").status()).isZero();

        server.execute("update pg_database set datcollversion = '1.0' where datname in ('template0', 'sorted')");
        try {
            String doctor = pgkeep.run("doctor").output();
            assertThat(doctor)
                    .contains("template0 is of collation version 1.0", "REINDEX DATABASE \"sorted\"")
                    .contains("ALTER DATABASE \"template0\" REFRESH COLLATION VERSION");
            for (String[] command : new String[][] {
                {"restore", "mine", "--yes"},
                {"restore", "mine", "--to", "copy", "--create-db", "--yes"},
                {"reset", "--no-migrate", "--yes"}
            }) {
                Finished refused = pgkeep.run(command);
                assertThat(refused.status()).as(refused.output()).isNotZero();
                assertThat(refused.stderr())
                        .contains("template0 is of collation version 1.0")
                        .contains("ALTER DATABASE template0 REFRESH COLLATION VERSION");
            }
            assertThat(pgkeep.run("list").stdout()).contains("mine").doesNotContain("pre-");
            assertThat(database.count("t")).isEqualTo(1);
        } finally {
            server.execute("update pg_database set datcollversion = null");
        }
        assertThat(pgkeep.run("restore", "mine", "--yes").status()).isZero();
    }
}
