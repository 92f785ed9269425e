package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup that does not load costs nothing: the database stays as it was and in use, whether its role may create
 * databases or not; what can be kept is kept, what cannot be made is told before anything is asked.
 */
final class NothingIsDroppedFirstIT {
    private static final String ADMINISTRATORS = """
            create extension pg_stat_statements;
            create function watch() returns event_trigger language plpgsql as $$begin end$$;
            create event trigger watching on ddl_command_start execute function watch();
            create publication everything for all tables;
            create cast (text as bytea) without function;
            create foreign data wrapper far;
            create function handles() returns language_handler language c as '$libdir/plpgsql', 'plpgsql_call_handler';
            create language ours handler handles;
            create access method ours type table handler heap_tableam_handler;
            create operator class ours for type int4 using btree as operator 1 <, operator 2 <=, operator 3 =,
                operator 4 >=, operator 5 >, function 1 btint4cmp(int4, int4);
            create text search template ours (init = dsimple_init, lexize = dsimple_lexize);
            create function inside() returns int language internal as 'pg_backend_pid';
            """;

    @TempDir
    Path folder;

    private final TestServer server = PostgresServers.any();
    private final String owner = server.uniqueName("owner");
    private TestDatabase database;
    private Bench bench;

    @BeforeEach
    void a_database_of_an_ordinary_owner() {
        server.execute("create role " + owner + " login password 'its-password'");
        database = server.databaseToBe(server.uniqueName("whole"));
        server.execute("create database " + database.name() + " owner " + owner);
        bench = new Bench(
                database,
                InProcessPgkeep.on(database, folder)
                        .env("BACKUP_DIR", folder.resolve("backups").toString())
                        .env("DATABASE_URL", database.url().replaceFirst("//[^@]*@", "//" + owner + ":its-password@")));
        asOwner("create table items (id int primary key, name text);"
                + " insert into items select n, 'thing ' || n from generate_series(1, 500) n");
    }

    @AfterEach
    void all_gone() {
        server.databaseToBe("postgres")
                .column(
                        "select format('drop database %I with (force)', datname) from pg_database where pg_get_userbyid(datdba) = '"
                                + owner + "'")
                .forEach(server::execute);
        server.execute("drop owned by " + owner + "; drop role " + owner);
    }

    private void asOwner(String sql) {
        database.execute("set role " + owner + "; " + sql + "; reset role");
    }

    private void mayCreate() {
        server.execute("alter role " + owner + " createdb");
    }

    @Forms(
            value = {"chunked"},
            campaign = {"custom", "directory"})
    void what_an_administrator_made_is_left_out_and_told(String format) {
        mayCreate();
        database.execute(ADMINISTRATORS);
        String backup = bench.backup("--format", format);
        asOwner("truncate items");
        var now = bench.content();
        assertThat(bench.run("backup").stderr()).contains("only an administrator", "EVENT TRIGGER watching");
        assertThat(bench.pgkeep("doctor").output()).contains("way back", "would come back without");
        assertThat(bench.run("verify", backup, "--restore").stderr())
                .contains("will be left out: EXTENSION pg_stat_stat");
        Finished planned = bench.run("restore", backup, "--dry-run");
        assertThat(planned.stderr())
                .contains(
                        "will be left out: EXTENSION pg_stat_statements",
                        "EVENT TRIGGER watching",
                        "PUBLICATION everything");
        assertThat(bench.content()).isEqualTo(now);
        Finished done = bench.run("restore", backup, "--yes");
        assertThat(done.stderr()).contains("EXTENSION pg_stat_statements", "would not load");
        assertThat(database.count("items")).isEqualTo(500);
        bench.run("undo", "--yes");
        assertThat(database.count("items")).isZero();
        assertThat(database.column("select evtname from pg_event_trigger")).containsExactly("watching");
    }

    @Test
    void what_an_administrator_made_is_left_out_of_a_script_too() throws IOException {
        mayCreate();
        database.execute(ADMINISTRATORS + "; comment on event trigger watching is 'all that is made'");
        String backup = bench.backup("--format", "plain");
        Path script;
        try (var files = Files.walk(bench.repository())) {
            script = files.filter(file -> file.getFileName().toString().contains(".sql"))
                    .findFirst()
                    .orElseThrow();
        }
        asOwner("truncate items");
        Finished done = bench.run("restore", "--file", script.toString(), "--yes");
        assertThat(done.stderr())
                .contains("left out: EVENT TRIGGER watching", "left out: EXTENSION pg_stat_statements");
        assertThat(database.count("items")).isEqualTo(500);
        assertThat(backup).isNotEmpty();
    }

    @Test
    void what_rows_are_made_of_stays_where_it_is_and_the_rest_is_replaced_around_it() {
        mayCreate();
        database.execute("create extension cube; create extension earthdistance");
        asOwner("create table spoken (said earth); insert into spoken values (ll_to_earth(48, 16))");
        String backup = bench.backup();
        asOwner("delete from spoken; drop table items");
        Finished done = bench.run("restore", backup, "--yes");
        assertThat(done.stderr())
                .contains("can be made in " + database.name() + " alone", "replaced, in one transaction");
        assertThat(database.count("spoken")).isEqualTo(1);
        assertThat(database.count("items")).isEqualTo(500);
        bench.run("undo", "--yes");
        assertThat(database.count("spoken")).isZero();
        bench.nothingIsLeft();
    }

    @Test
    void a_role_that_may_not_create_databases_replaces_everything_or_nothing() {
        database.execute(ADMINISTRATORS);
        database.execute(
                "create schema theirs; create table theirs.secrets (n int); insert into theirs.secrets values (7)");
        database.execute("grant all on schema theirs to " + owner + "; grant select on theirs.secrets to " + owner);
        String backup = bench.backup("-N", "theirs");
        asOwner("create table more (n int); delete from items where id > 10");
        Finished done = bench.run("restore", backup, "--yes", "--allow-partial");
        assertThat(done.output()).contains("in one transaction");
        assertThat(database.count("items")).isEqualTo(500);
        assertThat(database.column("select to_regclass('more') is null")).containsExactly("t");
        assertThat(database.column("select n from theirs.secrets")).containsExactly("7");
        assertThat(database.column("select evtname from pg_event_trigger")).containsExactly("watching");
        assertThat(database.column("select extname from pg_extension order by 1"))
                .contains("pg_stat_statements");
    }

    @Test
    void what_belongs_to_others_stays_as_it_is_and_undo_comes_past_it_too() {
        database.execute("create schema theirs; create table theirs.secrets (n int primary key);"
                + " insert into theirs.secrets values (7)");
        database.execute("grant all on schema theirs to " + owner + "; grant select on theirs.secrets to " + owner);
        String backup = bench.backup();
        asOwner("delete from items where id > 10");
        database.execute("insert into theirs.secrets values (8)");
        Finished done = bench.run("restore", backup, "--yes");
        assertThat(done.stderr()).contains("stays as it is", "TABLE theirs.secrets");
        assertThat(database.count("items")).isEqualTo(500);
        assertThat(database.column("select n from theirs.secrets order by n")).containsExactly("7", "8");
        bench.run("undo", "--yes");
        assertThat(database.count("items")).isEqualTo(10);
        assertThat(database.column("select n from theirs.secrets order by n")).containsExactly("7", "8");
    }

    @Test
    void rows_that_need_the_search_path_or_break_their_check_go_in_in_place_too() {
        asOwner("create function even(n int) returns bool language sql as 'select n % 2 = 0';"
                + " create table checked (n int check (even(n))); insert into checked values (2);"
                + " create or replace function even(n int) returns bool language sql as 'select n % 2 = 1'");
        asOwner("create function h(int) returns int immutable language sql as 'select $1';"
                + " create function g(int) returns int immutable language plpgsql as 'begin return h($1); end';"
                + " create table found (n int check (g(n) > 0)); insert into found values (1)");
        String backup = bench.backup();
        asOwner("create table later (n int); drop table checked; drop table found");
        Finished done = bench.run("restore", backup, "--yes");
        assertThat(done.stderr()).contains("NOT VALID", "search path of the database");
        assertThat(database.column("select n from checked union all select n from found"))
                .containsExactly("2", "1");
        assertThat(database.column("select convalidated::text from pg_constraint where conrelid = 'checked'::regclass"))
                .containsExactly("false");
        bench.run("undo", "--yes");
        assertThat(database.column("select to_regclass('checked') is null and to_regclass('later') is not null"))
                .containsExactly("t");
    }

    @Test
    void a_row_that_is_refused_takes_everything_back() {
        asOwner("create domain even as int; create table checked (n even not null); insert into checked values (2);");
        String backup = bench.backup();
        asOwner("create table later (n int); delete from items where id > 10");
        database.execute("create schema theirs; create table theirs.marked (n public.even);"
                + " insert into theirs.marked values (1)");
        var now = bench.content();
        Finished refused = bench.fails(4, "restore", backup, "--yes");
        assertThat(refused.stderr()).contains("belongs to other roles", "theirs.marked");
        Finished reset = bench.pgkeep("reset", "--no-migrate", "--yes");
        assertThat(reset.status()).as(reset.output()).isNotZero();
        assertThat(bench.content()).isEqualTo(now);
        bench.nothingIsLeft();
    }

    @Test
    void tables_of_ours_in_a_schema_of_others_and_partitions_are_replaced_in_place() {
        database.execute("create schema shared; grant all on schema shared to " + owner);
        asOwner("create table shared.mine (n int); insert into shared.mine values (1);"
                + " create table parted (id int, ts date, primary key (id, ts)) partition by range (ts);"
                + " create table parted_1 partition of parted for values from ('2026-01-01') to ('2026-02-01');"
                + " insert into parted values (1, '2026-01-05')");
        String backup = bench.backup();
        asOwner("update shared.mine set n = 2; truncate parted");
        bench.run("restore", backup, "--yes");
        assertThat(database.column("select n from shared.mine")).containsExactly("1");
        assertThat(database.count("parted")).isEqualTo(1);
    }

    @Test
    void somebody_who_holds_a_lock_does_not_keep_it_from_being_planned() throws java.sql.SQLException {
        String backup = bench.backup();
        try (var other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from items limit 1");
            assertThat(bench.run("restore", backup, "--dry-run").stderr()).contains("could not be rehearsed");
            other.rollback();
        }
    }

    @Forms(
            value = {"chunked"},
            campaign = {"custom"})
    void one_table_is_dropped_and_made_anew_in_one_transaction_or_not_at_all(String format) {
        asOwner("create table words (id int primary key, item int references items); insert into words values (1, 1)");
        String backup = bench.backup("--format", format);
        asOwner("delete from words; delete from items where id > 10; create view seen as select name from items");
        var now = bench.content();
        Finished refused = bench.pgkeep("restore", backup, "-t", "items", "--clean", "--yes");
        assertThat(refused.status()).as(refused.output()).isNotZero();
        assertThat(bench.content()).isEqualTo(now);
        asOwner("drop view seen");
        asOwner("alter table words drop constraint words_item_fkey");
        bench.run("restore", backup, "-t", "items", "--clean", "--yes");
        assertThat(database.count("items")).isEqualTo(500);
        assertThat(database.count("words")).isZero();
    }

    @Test
    void rows_that_are_written_while_it_loads_are_not_lost_with_the_old_database() {
        mayCreate();
        String backup = bench.backup();
        asOwner("delete from items where id > 10");
        var written = new AtomicBoolean();
        InProcessPgkeep program = bench.program().heardBy(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                String said = new String(bytes, from, length, StandardCharsets.UTF_8);
                if (said.contains("Loading") && written.compareAndSet(false, true)) {
                    asOwner("insert into items values (1000, 'an order of this minute')");
                }
            }
        });
        Finished done = program.run("restore", backup, "--yes");
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.stdout()).contains("kept as");
        assertThat(database.count("items")).isEqualTo(500);
        assertThat(bench.leftDatabases()).hasSize(1);
        assertThat(server.databaseToBe(bench.leftDatabases().getFirst())
                        .column("select name from items where id = 1000"))
                .containsExactly("an order of this minute");
        bench.run("undo", "--yes");
        assertThat(database.count("items")).isEqualTo(11);
    }

    @Test
    void replication_slots_that_go_with_the_database_are_named() {
        assertThat(server.ask("show wal_level")).isNotEmpty();
        mayCreate();
        String backup = bench.backup();
        if (server.ask("show wal_level").equals("logical")) {
            database.execute("select pg_create_logical_replication_slot('" + owner + "_slot', 'pgoutput')");
            assertThat(bench.run("restore", backup, "--dry-run").stderr()).contains(owner + "_slot", "lost");
        }
        bench.run("restore", backup, "--yes");
        assertThat(server.ask("select count(*) from pg_replication_slots where slot_name like '" + owner + "%'"))
                .isEqualTo("0");
    }
}
