package dev.pgkeep.operation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a delta cannot be, or others are in its way, that is said, and nothing is changed. */
final class DeltaRefusalsIT {
    private static final String TABLES = """
            create table t (id int primary key, x text);
            insert into t select n, 'x' from generate_series(1, 500) n;
            create table keyless (id int);
            insert into keyless select n from generate_series(1, 100) n;
            create table parted (id int) partition by list (id);
            create table part partition of parted default;
            insert into parted values (1), (2);
            create function nothing() returns event_trigger language plpgsql as 'begin end';
            """;

    private static final String CHANGE = "update t set x = 'y' where id % 5 = 0;\nselect 1";

    @TempDir
    Path folder;

    @EachServerVersion(usuallyEnds = true)
    void what_would_do_something_else_than_is_meant_is_named(TestServer server) {
        try (TakenBack shop = TakenBack.of(server.database("delta"), folder)) {
            shop.database().execute(TABLES);
            refused(
                    shop,
                    "the table public.t has rules",
                    "create rule r as on delete to t do instead nothing",
                    "drop rule r on t");
            refused(
                    shop,
                    "the event trigger watch would fire",
                    "create event trigger watch on ddl_command_end execute function nothing();\n"
                            + "alter event trigger watch enable always",
                    "drop event trigger watch");
            refused(
                    shop,
                    "keyless publishes deletions",
                    "create publication p for table keyless",
                    "drop publication p");
            refused(
                    shop,
                    "part publishes deletions",
                    "create publication p for table parted with (publish_via_partition_root = true)",
                    "drop publication p");
            refused(shop, "publishes deletions", "create publication p for all tables", "drop publication p");
            refused(
                    shop,
                    "the domain public.small has a constraint that is not valid",
                    "create domain small as int;\nalter domain small add constraint s check (value < 5) not valid",
                    "drop domain small");
            refused(shop, "large objects", "select lo_create(4711)", "select lo_unlink(4711)");
            // None of these is in the way.
            shop.change("create event trigger watch on ddl_command_end execute function nothing();\n"
                    + "create publication p for table keyless with (publish = 'insert');\n"
                    + "create publication q for table t;\n"
                    + "create rule r as on insert to keyless do also nothing");
            shop.goesBackFrom(CHANGE);
        }
    }

    /** The obstacle was there at the backup: by its definitions the database is the same. */
    private static void refused(TakenBack shop, String why, String obstacle, String away) {
        shop.change(obstacle);
        shop.refuses(why, CHANGE);
        shop.change(away);
    }

    @Test
    void a_database_that_is_defined_otherwise_now_is_replaced_whole_or_not_at_all() {
        try (TakenBack shop = TakenBack.of(PostgresServers.any().database("delta"), folder);
                TestDatabase other = PostgresServers.any().database("delta")) {
            shop.database().execute(TABLES);
            var before = shop.whole();
            String backup = shop.backup();
            for (String change : new String[] {
                "alter table t add y int;\nalter table t drop x",
                "create table more (id int)",
                "create index on t (x)",
                "comment on table t is 'mine'",
                "create or replace function nothing() returns event_trigger language plpgsql as 'begin /**/ end'",
                "select lo_create(4711)"
            }) {
                shop.change(change);
                var now = shop.whole();
                var refused = shop.program().run("restore", backup, "--delta", "--yes", "--no-safety-backup");
                assertThat(refused.status()).as(refused.output()).isEqualTo(4);
                assertThat(refused.stderr())
                        .contains("not possible to replace only what differs")
                        .containsAnyOf("is defined otherwise now", "it holds large objects");
                shop.whole().assertSameAs(now);
                shop.run("restore", backup, "--yes", "--no-safety-backup");
                shop.whole().assertSameAs(before);
                // It is another database by now, of which this is no backup.
                backup = shop.backup();
            }
            var elsewhere = shop.program()
                    .env("DATABASE_URL", other.url())
                    .run("restore", backup, "--delta", "--yes", "--allow-other-database");
            assertThat(elsewhere.status()).as(elsewhere.output()).isNotZero();
            assertThat(other.column("select relname from pg_class where relname = 't'"))
                    .isEmpty();
            String dump = shop.run("backup", "--format", "custom", "-o", "name")
                    .stdout()
                    .strip();
            shop.fails(4, "restore", dump, "--delta", "--yes");
        }
    }

    @Test
    void others_who_hold_what_is_needed_are_waited_for_in_vain_and_readers_are_let_be() throws SQLException {
        try (TakenBack shop = TakenBack.of(PostgresServers.any().database("delta"), folder)) {
            shop.database().execute(TABLES);
            var before = shop.whole();
            String backup = shop.backup();
            shop.change(CHANGE);
            var now = shop.whole();
            for (String busy :
                    new String[] {"insert into keyless values (0)", "select * from t where id = 5 for update"}) {
                try (Connection other = shop.database().connect();
                        Statement statement = other.createStatement()) {
                    other.setAutoCommit(false);
                    statement.execute(busy);
                    var failed = shop.program().run("restore", backup, "--delta", "--yes", "--no-safety-backup");
                    assertThat(failed.status()).as(failed.output()).isEqualTo(1);
                    assertThat(failed.stderr()).contains("[lock.busy]", "nothing was changed");
                    other.rollback();
                }
                shop.whole().assertSameAs(now);
            }
            try (Connection reader = shop.database().connect();
                    Statement statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.execute("select * from t, keyless, part");
                shop.back(backup, before);
                statement.execute("select * from t");
                reader.commit();
            }
        }
    }

    @Test
    void what_others_do_between_the_look_and_the_lock_counts() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database("delta")) {
            Workbench bench = Workbench.of(folder, database);
            database.execute(TABLES);
            TakenBack shop = TakenBack.of(database, folder);
            var before = shop.whole();
            var manifest = bench.backup();
            shop.change(CHANGE);
            RestorePlan plan = plan(bench, manifest);
            assertThat(plan.delta()).isPresent();
            database.execute("begin; delete from t where id > 400; savepoint a; insert into t values (-1, 'a');"
                    + " rollback to a; savepoint b; insert into t values (-2, 'b'); release b; commit;"
                    + "truncate keyless");
            bench.pgkeep().restore().run(plan, "restore", PostLoadHook.NOTHING);
            shop.whole().assertSameAs(before);

            shop.change(CHANGE);
            RestorePlan late = plan(bench, manifest);
            database.execute("create index later on t (x)");
            var now = shop.whole();
            assertThatThrownBy(() -> bench.pgkeep().restore().run(late, "restore", PostLoadHook.NOTHING))
                    .hasMessageContaining("nothing was changed", "was changed while this began", "later")
                    .extracting(each -> ((PgkeepException) each).code())
                    .isEqualTo(ErrorCode.LOCK_BUSY);
            shop.whole().assertSameAs(now);
        }
    }

    private static RestorePlan plan(Workbench bench, dev.pgkeep.format.manifest.Manifest manifest) {
        return bench.pgkeep()
                .restore()
                .plan(
                        bench.source(manifest),
                        Wish.of(bench.target())
                                .request()
                                .withRoles(true)
                                .with(RestoreOption.DELTA_ALONE, true)
                                .with(RestoreOption.SAFETY_BACKUP, false));
    }

    @Test
    void settings_of_role_and_database_and_another_encoding_change_nothing() {
        TestServer server = PostgresServers.any();
        String name = server.uniqueName("delta");
        server.execute("create database " + name + " template template0 encoding LATIN1 lc_collate 'C' lc_ctype 'C'");
        String role = "strange_" + name;
        try (TestDatabase database = server.databaseToBe(name)) {
            database.execute("""
                    create schema evil;
                    create function public.half(int) returns int immutable language sql as 'select $1 / 2';
                    create table "Straße" ("größe" int, x text, m money,
                        h int generated always as (public.half("größe")) stored);
                    insert into "Straße" select n, 'ä' || n, n from generate_series(1, 500) n;
                    create index on "Straße" (public.half("größe"));
                    create sequence "zähler";
                    """);
            server.execute("create role " + role + " superuser login password 'strange'");
            for (String setting : new String[] {
                "default_transaction_isolation = serializable",
                "default_transaction_read_only = on",
                "statement_timeout = 50",
                "lock_timeout = 1",
                "idle_in_transaction_session_timeout = 50",
                "search_path = evil",
                "enable_tidscan = off",
                "synchronous_commit = off",
                "client_encoding = LATIN1",
                "session_replication_role = replica",
                "bytea_output = escape",
                "DateStyle = german"
            }) {
                server.execute("alter role " + role + " in database " + name + " set " + setting);
            }
            String url = database.url().replaceFirst("//[^@]*@", "//" + role + ":strange@");
            TakenBack shop = TakenBack.as(url, database, folder);
            shop.goesBackFrom("""
                    update "Straße" set x = 'é' where "größe" % 5 = 0;
                    delete from "Straße" where "größe" % 7 = 0;
                    insert into "Straße" values (1000, 'ß', 7);
                    select nextval('"zähler"');
                    create function evil.half(int) returns int immutable language sql as 'select 0';
                    drop function evil.half(int)
                    """);
        } finally {
            server.execute("drop role if exists " + role);
        }
    }

    @Test
    void a_role_that_owns_a_part_only_is_told_whose_the_rest_is() throws SQLException {
        TestDatabase database = PostgresServers.any().database("delta");
        try (PlainRole role = PlainRole.owning(database, "")) {
            database.execute("grant all on schema public to " + role.name());
            role.execute(TABLES.replaceAll("create function.*", ""));
            database.execute("create table others (id int); grant all on others to " + role.name());
            TakenBack shop = TakenBack.as(role.url(), database, folder);
            shop.refuses("others belongs to ", CHANGE);
        }
    }
}
