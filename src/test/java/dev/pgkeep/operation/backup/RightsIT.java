package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles that may not see everything get an error, never a smaller backup. */
final class RightsIT {
    @TempDir
    Path folder;

    private Bench bench;
    private Bench asReader;
    private String reader;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
        reader = bench.database().server().uniqueName("reader");
        bench.database().execute("create role " + reader + " login password 'its-password'");
        asReader = bench.through(bench.url().replaceFirst("//[^@]*@", "//" + reader + ":its-password@"));
    }

    @AfterEach
    void close() {
        bench.database().execute("drop owned by " + reader);
        bench.close();
        bench.database().server().execute("drop role " + reader);
    }

    @Test
    void tables_that_may_not_be_read_are_all_named_before_anything_starts() {
        for (int i = 0; i < 12; i++) {
            bench.database().execute("create table secret_" + i + " (n int)");
        }
        var finished = asReader.fails(1, "backup");
        assertThat(finished.stderr()).contains("[rights.missing]", "customers", "orders", "secret_0", "secret_11");
        assertThat(asReader.names()).isEmpty();
        asReader.nothingIsLeft();
        bench.database()
                .execute("grant select on all tables in schema public to " + reader
                        + "; grant select on all sequences in schema public to " + reader);
        asReader.run("backup");
    }

    @Test
    void rows_that_row_security_hides_are_an_error_that_names_the_table() {
        bench.database()
                .execute("alter table orders enable row level security;"
                        + "create policy few on orders using (id < 100); grant pg_read_all_data to " + reader);
        var finished = asReader.fails(1, "backup");
        assertThat(finished.stderr()).contains("[rows.hidden]", "orders").doesNotContain("customers");
        var chosen = asReader.fails(1, "backup", "-t", "orders");
        assertThat(chosen.stderr()).contains("[rows.hidden]", "orders");
        assertThat(asReader.names()).isEmpty();
        asReader.nothingIsLeft();
        asReader.run("backup", "-T", "orders");
        bench.run("backup");
    }

    @Test
    void where_connections_are_few_as_many_read_as_there_are() {
        // So large that several are worth their connections.
        bench.database()
                .execute(
                        "create table large as select repeat(md5(i::text), 30) as t from generate_series(1, 40000) as i");
        bench.database()
                .execute("grant pg_read_all_data to " + reader + "; alter role " + reader + " connection limit 5");
        var finished = asReader.run("backup", "--jobs", "64");
        assertThat(finished.stderr()).containsPattern("reading with [12] connections? instead of [34]");
        bench.run("verify", "latest", "--restore");
    }

    @Test
    void a_role_that_may_not_create_databases_says_so_before_anything_is_touched() {
        String backup = bench.backup();
        var before = bench.content();
        bench.database().execute("grant pg_read_all_data to " + reader);
        var restore = asReader.pgkeep("restore", backup, "--yes");
        Bench.failed(restore.status(), restore);
        assertThat(restore.status()).isIn(1, 4);
        assertThat(bench.content()).isEqualTo(before);
        var copy = asReader.pgkeep("restore", backup, "--to", bench.database().name() + "_copy", "--create-db");
        Bench.failed(copy.status(), copy);
        assertThat(copy.status()).isIn(1, 4);
        var proof = asReader.pgkeep("verify", backup, "--restore");
        Bench.failed(proof.status(), proof);
        assertThat(proof.status()).isEqualTo(1);
        assertThat(bench.find(backup).isDamaged()).isFalse();
        bench.nothingIsLeft();
    }

    /**
     * Autovacuum belongs to nobody, so only a superuser may end it; the server ends it for whoever drops a database.
     */
    @LongForm
    @Test
    void a_plain_role_replaces_its_database_while_autovacuum_works_in_it() {
        var options = PostgresServers.options()
                .setting("autovacuum_naptime", "1s")
                .setting("autovacuum_vacuum_cost_limit", "1")
                .setting("autovacuum_vacuum_cost_delay", "100ms");
        int major = PostgresServers.any().major();
        try (var cluster = PostgresServers.own(major, options);
                var own = Bench.in(folder, new TestServer(major, cluster), 50_000)) {
            own.database()
                    .execute("create role app login createdb password 'app';"
                            + " alter table customers owner to app; alter table orders owner to app;"
                            + " alter view notes owner to app; alter schema public owner to app");
            own.database().server().execute("alter database " + own.database().name() + " owner to app");
            Bench app = own.through(own.url().replaceFirst("//[^@]*@", "//app:app@"));
            String backup = app.backup();

            own.database().execute("update orders set note = ''");
            Bench.eventually(
                    "autovacuum is at work",
                    () -> own.database()
                            .server()
                            .ask("select count(*) > 0 from pg_stat_activity where backend_type = 'autovacuum worker'"
                                    + " and datname = '" + own.database().name() + "'")
                            .equals("t"));
            app.run("restore", backup, "--yes", "--no-safety-backup");

            assertThat(own.database().ask("select count(*) from orders where note = ''"))
                    .isEqualTo("0");
        }
    }
}
