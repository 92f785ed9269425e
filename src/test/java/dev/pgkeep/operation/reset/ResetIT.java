package dev.pgkeep.operation.reset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reset goes well, or the database survives it, or undo brings it back: whatever happens in between. */
final class ResetIT {
    private static final int ORDERS = 500;
    private static final String MIGRATE = "psql -q -v ON_ERROR_STOP=1 -c"
            + " 'create table customers (id int primary key, name citext); create table fresh (n int)'";
    private static final String SEED = "psql -q -v ON_ERROR_STOP=1 -c \"insert into customers values (1, 'first')\"";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder, PostgresServers.any(), ORDERS);
        bench.database().execute("create extension citext");
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void it_is_asked_backed_up_emptied_and_filled_and_undo_takes_it_back() {
        var before = bench.content();
        bench.database().execute("alter database " + bench.database().name() + " set work_mem = '9MB'");
        Finished done = bench.typed("yes", reset(MIGRATE, SEED));
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.output())
                .contains(
                        "DANGER ZONE",
                        "is lost",
                        "orders 500",
                        "nobody else",
                        "is reset: 2 tables, 1 row",
                        "pgkeep undo");
        assertThat(bench.database().count("fresh")).isZero();
        assertThat(bench.database().ask("show work_mem")).isEqualTo("9MB");
        assertThat(bench.names()).singleElement().asString().contains("_");
        assertThat(bench.backups().getFirst().kind().orElseThrow().word()).isEqualTo("pre-reset");
        assertThat(bench.run("undo", "--yes").stdout()).contains("The last thing that changed", "reset");
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Test
    void without_the_word_or_a_terminal_or_a_backup_nothing_is_lost() throws IOException {
        var before = bench.content();
        assertThat(bench.fails(4, reset(MIGRATE, SEED)).stderr()).contains("--yes");
        assertThat(bench.typed("q", reset(MIGRATE, SEED)).status()).isEqualTo(4);
        Finished skipped = bench.pgkeep("reset", "--dry-run", "--json");
        assertThat(skipped.stdout()).contains("\"dryRun\": true").doesNotContain("psql");
        assertThat(bench.names()).isEmpty();
        try (SmallDisk disk = SmallDisk.ofMegabytes(1)) {
            disk.leaveFree(4096);
            Bench full = bench.withRepository(disk.folder().resolve("backups"));
            Finished refused = full.pgkeep(forced(MIGRATE, SEED));
            assertThat(refused.status()).as(refused.output()).isIn(1, 4);
            assertThat(refused.stderr()).contains("nothing was changed");
        }
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create foreign data wrapper theirs; create server far foreign data wrapper theirs",
                "create publication changes",
                "create collation german from \"C\"",
                "create operator === (leftarg = int, rightarg = int, function = int4eq)",
                "create text search configuration plain (copy = simple)"
            })
    void what_is_no_table_is_something_to_lose_too(String made) {
        bench.database().execute("drop schema public cascade; create schema public; " + made);
        assertThat(bench.fails(4, "reset", "--no-migrate").stderr()).contains("--yes");
        assertThat(bench.names()).isEmpty();
        bench.run("reset", "--no-migrate", "--yes");
        assertThat(bench.names()).hasSize(1);
        assertThat(bench.run("reset", "--no-migrate").stdout()).doesNotContain("Type ");
        assertThat(bench.names()).hasSize(1);
    }

    @LongForm
    @Test
    void the_question_is_skipped_by_the_variable_of_the_scripts_but_not_for_a_protected_database() {
        bench.run("protect");
        var skipping = bench.with("SKIP_BACKUP_PROMPT", "true");
        assertThat(Bench.failed(4, skipping.pgkeep(reset(MIGRATE, SEED))).stderr())
                .contains("is protected");
        assertThat(bench.database().count("orders")).isEqualTo(ORDERS);
        Finished named = bench.typed(bench.database().name(), reset(MIGRATE, SEED));
        assertThat(named.status()).as(named.output()).isZero();
        assertThat(bench.database().ask("show pgkeep.protected")).isEqualTo("on");
        bench.run("unprotect", "--yes", "--allow-protected");
        Finished done = skipping.pgkeep(reset(MIGRATE, SEED));
        assertThat(done.status()).as(done.output()).isZero();
    }

    @Test
    void a_command_that_fails_leaves_the_database_as_it_was() {
        var before = bench.content();
        Finished migrate = bench.fails(1, forced("echo oops >&2; exit 7", SEED));
        assertThat(migrate.stderr()).contains("oops", "migrate command", "ended with status 7", "is as it was before");
        assertThat(bench.content()).isEqualTo(before);
        assertThat(bench.fails(1, forced(MIGRATE, "exit 3")).stderr())
                .contains("seed command", "ended with status 3", "is as it was before");
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Test
    void ctrl_c_ends_a_migration_that_hangs_and_the_database_is_as_it_was() {
        var before = bench.content();
        try (RunningPgkeep running = bench.process(forced("sleep 600", SEED)).start()) {
            running.waitFor("Running migrate");
            running.waitUntil(() -> childrenOf(running).contains("sleep 600"), "the command runs");
            running.interrupt();
            Finished finished = running.end();
            assertThat(finished.status()).as(finished.output()).isEqualTo(130);
            assertThat(finished.stderr()).contains("is as it was before");
        }
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @Test
    void killed_at_any_step_the_database_is_there_or_undo_brings_it_back() {
        var before = bench.content();
        bench.run("protect");
        List<String> told = new ArrayList<>();
        List<String> steps = Campaign.LONG
                ? List.of("Dumping", "Creating an empty", "Exchanging", "Running migrate", "Running seed")
                : List.of("Running seed");
        for (String step : steps) {
            try (RunningPgkeep running = bench.process(protectedToo("sleep 0.3; " + MIGRATE, "sleep 600"))
                    .start()) {
                running.waitFor(step);
                running.kill();
                running.end();
            }
            bench.noSessionsAreLeft();
            if (!bench.content().equals(before)) {
                told.add(step);
                bench.run("undo", "--yes", "--allow-protected");
                // What the killed run had made so far.
                bench.run("undo", "--discard", "--yes", "--allow-protected");
            }
            assertThat(bench.content()).as("killed at " + step).isEqualTo(before);
            assertThat(bench.database().ask("show pgkeep.protected")).isEqualTo("on");
        }
        assertThat(told).contains("Running seed");
        bench.run("restore", "latest", "--yes", "--allow-protected");
        bench.nothingIsLeft();
    }

    @Test
    void connections_that_keep_coming_back_do_not_keep_it_from_being_reset() throws InterruptedException {
        var stop = new java.util.concurrent.atomic.AtomicBoolean();
        Thread visitor = Thread.ofVirtual().start(() -> {
            while (!stop.get()) {
                try (var connection = bench.database().connect();
                        var statement = connection.createStatement()) {
                    statement.execute("select pg_sleep(0.05)");
                } catch (java.sql.SQLException | IllegalStateException e) {
                    // Thrown out, or for a moment there is nothing to connect to.
                }
            }
        });
        bench.run(forced(MIGRATE, SEED));
        stop.set(true);
        visitor.join();
        assertThat(bench.database().count("customers")).isEqualTo(1);
        bench.nothingIsLeft();
    }

    @Test
    void a_server_that_is_lost_on_the_way_takes_nothing_with_it() throws IOException {
        var before = bench.content();
        try (RunningPgkeep running =
                bench.process(forced("sleep 2; " + MIGRATE, SEED)).start()) {
            running.waitFor("Dumping");
            bench.database()
                    .server()
                    .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name like 'pgkeep%'");
            running.end();
        }
        if (!bench.content().equals(before)) {
            bench.run("undo", "--yes");
        }
        assertThat(bench.content()).isEqualTo(before);
    }

    @LongForm
    @Test
    void a_role_that_may_not_create_databases_has_the_objects_inside_dropped() {
        var server = bench.database().server();
        String owner = server.uniqueName("owner");
        server.execute("create role " + owner + " login password 'its-password'");
        try (var own = server.databaseToBe(bench.database().name() + "_own")) {
            server.execute("create database " + own.name() + " owner " + owner);
            Bench asOwner = bench.on(own).through(own.url().replaceFirst("//[^@]*@", "//" + owner + ":its-password@"));
            asOwner.run(reset("psql -q -c 'create table precious as select 1 as n'", "true"));
            var before = asOwner.content();
            Finished done = asOwner.run(forced("psql -q -c 'create table fresh (n int)'", "true"));
            assertThat(done.stdout()).contains("drop everything inside it");
            assertThat(own.column("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                    .containsExactly("fresh");
            asOwner.run("undo", "--yes");
            assertThat(asOwner.content()).isEqualTo(before);
        } finally {
            server.execute("drop role " + owner);
        }
    }

    @LongForm
    @Test
    void a_test_database_is_not_touched_by_a_reset_and_its_undo() {
        var before = bench.content();
        try (var other = bench.database().server().database("other")) {
            other.execute("create table mine (n int)");
            Finished done = bench.with("TEST_DATABASE_URL", other.url()).pgkeep(forced(MIGRATE, SEED));
            assertThat(done.status()).as(done.output()).isZero();
            assertThat(bench.database().count("customers")).isEqualTo(1);
            Finished undone = bench.with("TEST_DATABASE_URL", other.url()).pgkeep("undo", "--yes");
            assertThat(undone.status()).as(undone.output()).isZero();
            assertThat(other.column("select relname from pg_class where relnamespace = 'public'::regnamespace"))
                    .containsExactly("mine");
        }
        assertThat(bench.content()).isEqualTo(before);
    }

    @Test
    void a_missing_database_is_created_and_an_empty_one_needs_no_word() {
        bench.close();
        bench.run(reset("psql -q -c 'create table fresh (n int)'", "true"));
        assertThat(bench.database().count("fresh")).isZero();
        assertThat(bench.names()).isEmpty();
        Finished bare = bench.run("reset", "--yes");
        assertThat(bare.stdout()).contains("commands.migrate is not configured", "is reset: empty", "pgkeep init");
        bench.run("reset");
    }

    private static String[] reset(String migrate, String seed) {
        return new String[] {"reset", "--migrate", migrate, "--seed", seed};
    }

    private static String[] forced(String migrate, String seed) {
        return new String[] {"reset", "--yes", "--migrate", migrate, "--seed", seed};
    }

    private static String[] protectedToo(String migrate, String seed) {
        return new String[] {"reset", "--yes", "--allow-protected", "--migrate", migrate, "--seed", seed};
    }

    private static List<String> childrenOf(RunningPgkeep running) {
        return running.handle()
                .descendants()
                .flatMap(child -> child.info().commandLine().stream())
                .map(line -> line.endsWith("sleep 600") ? "sleep 600" : line)
                .toList();
    }
}
