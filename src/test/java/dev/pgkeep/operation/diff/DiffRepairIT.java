package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong while rows are put back: all of them are back, or the database is as it was. */
final class DiffRepairIT {
    private static final String SHOP = """
            create table customers (id int primary key, name text);
            insert into customers select n, 'c' || n from generate_series(1, 100) n;
            create table orders (
                id int primary key, customer int not null references customers, total numeric(10,2), touched timestamptz);
            insert into orders select n, 1 + n % 100, n, '2026-01-01Z' from generate_series(1, 3000) n;
            create function touch() returns trigger language plpgsql as
                $$begin new.touched := '2026-06-06Z'; return new; end$$;
            create trigger touched before insert or update on orders for each row execute function touch();
            """;

    private static final String NIGHT = """
            alter table orders disable trigger touched;
            delete from orders where id % 10 = 0;
            update orders set total = 0 where id % 100 = 1;
            alter table orders enable trigger touched;
            delete from orders where customer = 5;
            delete from customers where id = 5;
            """;

    @TempDir
    Path folder;

    private TestDatabase made(String name) {
        TestDatabase database = PostgresServers.any().database(name);
        database.execute(SHOP);
        return database;
    }

    @Test
    void rows_come_back_as_they_were_though_triggers_would_change_them() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop");
                TestDatabase old = made("old")) {
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            assertThat(desk.run(shop, "diff", before, "--repair", "--yes", "--only", "removed"))
                    .contains("rows back in ");
            assertThat(shop.ask("select count(*) from orders where total = 0")).isEqualTo("30");
            assertThat(desk.run(shop, "diff", before, "--repair", "--yes", "--json"))
                    .contains("\"overwritten\": 30");
            DiffDesk.areEqual(old, shop, "after both");
            assertThat(shop.ask("select tgenabled from pg_trigger where tgname = 'touched'"))
                    .isEqualTo("O");
        }
    }

    /** Each change alone: the one that is asked about stands, and what was to be put back is not. */
    @Forms(
            value = {"update orders set total = 777 where id = 101"},
            campaign = {
                "insert into orders values (10, 1, 777, null)",
                "update customers set name = 'another' where id = 6"
            })
    void what_somebody_changes_while_the_question_stands_stops_it(String change) {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop");
                TestDatabase now = made("now")) {
            String before = desk.backup(shop);
            for (TestDatabase each : new TestDatabase[] {shop, now}) {
                each.execute(NIGHT);
                each.execute("update customers set name = 'mine' where id = 6; drop trigger touched on orders");
            }
            try (RunningPgkeep running = desk.process(shop.url(), "diff", before, "--repair")
                    .onTerminal()
                    .start()) {
                running.waitFor("Type ");
                shop.execute(change);
                now.execute(change);
                running.type("yes\n");
                Finished finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(4);
                assertThat(finished.output()).contains("no longer what was shown", "nothing was changed");
            }
            DiffDesk.areEqual(now, shop, "after " + change);
            assertThat(desk.pgkeep(shop, "undo", "--yes").stderr()).contains("nothing to undo");
            desk.run(shop, "diff", before, "--repair", "--yes");
            assertThat(desk.run(shop, "diff", before, "--no-schema")).contains("no difference in 2 tables");
        }
    }

    @Test
    void a_row_that_somebody_is_changing_right_now_is_waited_for() throws Exception {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop");
                var other = shop.connect();
                var statement = other.createStatement()) {
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            other.setAutoCommit(false);
            try (RunningPgkeep running = desk.process(shop.url(), "diff", before, "--repair", "--yes")
                    .start()) {
                running.waitFor("Comparing the rows");
                statement.execute("update orders set total = 777 where id = 101");
                running.waitFor("Putting rows back");
                running.waitUntil(
                        () -> shop.count("pg_stat_activity where wait_event_type = 'Lock' and datname = '" + shop.name()
                                        + "'")
                                > 0,
                        "waiting for the row");
                other.commit();
                Finished finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(4);
                assertThat(finished.output()).contains("orders: as many, but other values");
            }
            assertThat(shop.ask("select total from orders where id = 101")).isEqualTo("777.00");
            assertThat(shop.count("orders where id % 10 = 0")).isZero();
        }
    }

    @Test
    void a_unique_value_that_another_row_has_by_now_is_told_before_anything_is_asked() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("shop")) {
            shop.execute(
                    "create table people (id int primary key, mail text unique); insert into people values (1, 'a')");
            String before = desk.backup(shop);
            shop.execute("delete from people; insert into people values (2, 'a')");
            Finished refused = desk.pgkeep(shop, "diff", before, "--repair", "--yes");
            assertThat(refused.status()).isEqualTo(4);
            assertThat(refused.stderr())
                    .contains("rows of another key have their unique values")
                    .doesNotContain("--on-conflict");
            assertThat(desk.run(shop, "list").lines().filter(line -> line.contains("pre-restore")))
                    .isEmpty();
        }
    }

    @Test
    void a_changed_row_comes_back_whose_identity_nobody_may_set() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = PostgresServers.any().database("shop")) {
            shop.execute("create table codes (code text primary key, n int generated always as identity, v text,"
                    + " w text generated always as (v || '!') stored); insert into codes (code, v) values ('a', 'x')");
            String before = desk.backup(shop);
            shop.execute("update codes set v = 'y'");
            desk.run(shop, "diff", before, "--repair", "--yes");
            assertThat(shop.ask("select concat(code, n, v, w) from codes")).isEqualTo("a1xx!");
        }
    }

    @Test
    void without_consent_nothing_happens() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop")) {
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            String rows = shop.ask("select count(*) from orders");
            assertThat(desk.pgkeep(shop, "diff", before, "--repair").status()).isEqualTo(4);
            desk.run(shop, "protect");
            Finished refused = desk.pgkeep(shop, "diff", before, "--repair", "--yes");
            assertThat(refused.status()).isEqualTo(4);
            assertThat(refused.stderr()).contains("is protected");
            // An order whose customer is not among what was chosen.
            Finished lonely =
                    desk.pgkeep(shop, "diff", before, "-t", "orders", "--repair", "--yes", "--allow-protected");
            assertThat(lonely.status()).isEqualTo(4);
            assertThat(lonely.stderr()).contains("cannot be put back");
            assertThat(shop.ask("select count(*) from orders")).isEqualTo(rows);
            assertThat(desk.run(shop, "list").lines().filter(line -> line.contains("pre-restore")))
                    .isEmpty();
            desk.run(shop, "diff", before, "--repair", "--yes", "--allow-protected");
            assertThat(desk.run(shop, "diff", before, "--no-schema")).contains("no difference");
        }
    }

    @Test
    void a_constraint_that_a_row_violates_leaves_everything_as_it_was() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop");
                TestDatabase now = made("now")) {
            String before = desk.backup(shop);
            for (TestDatabase each : new TestDatabase[] {shop, now}) {
                each.execute(NIGHT);
                each.execute("alter table orders add check (id <> 2990)");
            }
            Finished failed = desk.pgkeep(shop, "diff", before, "--repair", "--yes");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.stderr()).contains("nothing was changed");
            DiffDesk.areEqual(now, shop, "after the failure");
            assertThat(desk.pgkeep(shop, "undo", "--yes").stderr()).contains("nothing to undo");
        }
    }

    @Test
    void a_line_that_breaks_leaves_all_or_nothing() {
        DiffDesk desk = new DiffDesk(folder);
        try (TestDatabase shop = made("shop");
                TestDatabase now = made("now");
                TestDatabase old = made("old");
                FlakyProxy proxy =
                        FlakyProxy.to(Integer.parseInt(PostgresServers.any().ask("show port")))) {
            String before = desk.backup(shop);
            shop.execute(NIGHT);
            now.execute(NIGHT);
            long start = proxy.received();
            assertThat(desk.pgkeepOn(proxy.url(shop), "diff", before, "--no-schema")
                            .status())
                    .isZero();
            long looked = proxy.received() - start;
            for (int part : new int[] {50, 120, 200, 230}) {
                proxy.cutAfter(looked * part / 100);
                Finished cut = desk.pgkeepOn(proxy.url(shop), "diff", before, "--repair", "--yes");
                if (cut.status() == 0) {
                    DiffDesk.areEqual(old, shop, "it got through");
                    break;
                }
                assertThat(cut.status()).as(cut.output()).isIn(1, 4, 5);
                DiffDesk.areEqual(now, shop, "cut after " + part + " %: " + cut.stderr());
            }
            proxy.cutAfter(Long.MAX_VALUE / 2);
            desk.run(shop, "diff", before, "--repair", "--yes");
            DiffDesk.areEqual(old, shop, "at last");
        }
    }
}
