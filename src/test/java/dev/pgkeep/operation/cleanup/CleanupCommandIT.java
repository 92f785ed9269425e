package dev.pgkeep.operation.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cleanup as people run it: asked for, refused, killed, and taken back. */
final class CleanupCommandIT {
    private static final String[] FEW = {"cleanup", "test-customers"};

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() throws IOException {
        bench = Bench.in(folder, PostgresServers.any(), 500);
        Files.writeString(folder.resolve("pgkeep.toml"), """
                [cleanup.test-customers]
                description = "Customers that tests left behind"
                table = "customers"
                where = "id <= 50"
                """);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void it_shows_asks_deletes_and_undo_puts_the_rows_back() throws IOException {
        var before = bench.content();
        Finished shown = bench.run(FEW);
        assertThat(shown.stdout())
                .contains("Customers that tests left behind", "refer to customers", "Nothing was deleted")
                .contains("pgkeep cleanup test-customers --execute");
        assertThat(bench.typed("q", "cleanup", "test-customers", "--execute").status())
                .isEqualTo(4);
        assertThat(bench.names()).isEmpty();
        assertThat(bench.content()).isEqualTo(before);

        Finished done = bench.typed("yes", "cleanup", "test-customers", "--execute");
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(done.output()).contains("DANGER ZONE", "99 rows", "read back and compared", "pgkeep undo");
        assertThat(bench.database().count("customers where id <= 50")).isZero();
        assertThat(bench.backups().getFirst().kind().orElseThrow().word()).isEqualTo("pre-cleanup");
        Path document = folder.resolve("backups/rows/" + bench.names().getFirst() + ".json");
        assertThat(document).isRegularFile();
        bench.database().execute("insert into customers values (-1, 'new since then')");
        assertThat(bench.run("undo").stdout()).contains("cleanup", "leaves everything else as it is", "back in");
        bench.database().execute("delete from customers where id = -1");
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    @LongForm
    @Test
    void its_document_is_listed_shown_and_goes_with_its_backup() {
        assertThat(bench.fails(4, "cleanup", "test-customers", "--execute").stderr())
                .contains("--yes");
        bench.run("cleanup", "test-customers", "--execute", "--yes", "--batch", "20");
        String safety = bench.names().getFirst();
        assertThat(bench.run("rows", "list").stdout()).contains(safety, "test-customers");
        assertThat(bench.run("show", safety).stdout())
                .contains("rows/" + safety + ".json", "pgkeep rows restore " + safety);
        assertThat(bench.run("undo", "--dry-run").stdout()).contains("COME BACK", "Nothing was changed");
        bench.run("undo");
        assertThat(bench.run("undo").stdout()).contains("there is nothing to put back");
        bench.run("delete", safety, "--yes");
        assertThat(folder.resolve("backups/rows/" + safety + ".json"))
                .as("it goes with its backup")
                .doesNotExist();
        bench.nothingIsLeft();
    }

    @LongForm
    @Test
    void what_somebody_changes_while_the_question_stands_stops_it() {
        try (RunningPgkeep running = bench.process("cleanup", "test-customers", "--execute")
                .onTerminal()
                .start()) {
            running.waitFor("Type ");
            bench.database().execute("update customers set name = 'precious' where id = 7");
            running.type("yes\n");
            Finished finished = running.end();
            assertThat(finished.status()).as(finished.output()).isEqualTo(4);
            assertThat(finished.output()).contains("no longer what was shown", "nothing was deleted");
        }
        assertThat(bench.database().count("customers")).isEqualTo(2000);
        assertThat(bench.fails(2, "undo").stderr()).contains("nothing to undo");
    }

    @Forms(
            value = {"Committing"},
            campaign = {"Finding the rows again", "Deleting", "Dumping", "Writing the rows down", "Reading them back"})
    void killed_at_any_step_the_rows_are_there_or_undo_brings_them_back(String step) {
        var before = bench.content();
        bench.database().execute("""
                create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return old; end $$;
                create trigger slow before delete on customers for each row execute function slow();""");
        try (RunningPgkeep running =
                bench.process("cleanup", "test-customers", "--execute", "--yes").start()) {
            running.waitFor(step);
            running.kill();
            running.end();
        }
        bench.noSessionsAreLeft();
        if (!bench.content().equals(before)) {
            bench.run("undo");
        }
        assertThat(bench.content()).isEqualTo(before);
    }

    @Forms(
            value = "false",
            campaign = {"true"})
    void stopped_in_the_middle_of_a_long_statement_it_locks_nothing_any_more(boolean kill) {
        var before = bench.content();
        bench.database().execute("""
                create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(120); return null; end $$;
                create trigger slow before delete on customers execute function slow();""");
        try (RunningPgkeep running =
                bench.process("cleanup", "test-customers", "--execute", "--yes").start()) {
            running.waitUntil(
                    () -> bench.database().count("pg_stat_activity where wait_event = 'PgSleep'") > 0,
                    "in the middle of its statement");
            if (kill) {
                running.kill();
                running.end();
            } else {
                running.interrupt();
                Finished finished = running.end();
                assertThat(finished.status()).as(finished.output()).isEqualTo(130);
                assertThat(finished.stderr()).contains("nothing was deleted");
            }
        }
        bench.database().execute("begin; set local lock_timeout = '10s'; lock table customers; commit");
        bench.noSessionsAreLeft();
        assertThat(bench.content()).isEqualTo(before);
    }

    @LongForm
    @Test
    void a_protected_database_wants_its_name_and_wrong_words_are_put_right() {
        bench.run("protect");
        assertThat(bench.fails(4, "cleanup", "test-customers", "--execute", "--yes")
                        .stderr())
                .contains("is protected");
        assertThat(bench.fails(2, "cleanup", "test-customer").stderr()).contains("did you mean test-customers?");
        assertThat(bench.fails(2, "cleanup", "--table", "orders").stderr()).contains("--where");
        assertThat(bench.fails(2, "rows").stderr()).contains("rows");
        assertThat(bench.run("cleanup").stdout()).contains("test-customers", "id <= 50");
        assertThat(bench.run("cleanup", "--table", "orders", "--where", "id = 1", "--json")
                        .stdout())
                .contains("\"executed\": false", "\"rows\": 1");
        assertThat(bench.database().count("customers")).isEqualTo(2000);
    }

    @Test
    void exported_rows_go_into_another_database() throws IOException {
        bench.run(
                "rows", "export", "--table", "customers", "--where", "id <= 3", "--dependants", "--output", "few.json");
        assertThat(Files.readString(folder.resolve("few.json"))).contains("\"reason\": \"export\"", "\"id\": 3");
        try (var other = bench.database().server().database("other")) {
            other.execute("""
                    create table customers (id int primary key, name text not null);
                    create table orders (
                        id bigint generated always as identity primary key, customer int references customers, note text);""");
            Bench there = bench.on(other);
            assertThat(there.run("rows", "restore", "few.json").stdout()).contains("another database than this");
            there.run("rows", "restore", "few.json", "--execute");
            assertThat(other.column("select name from customers order by id"))
                    .isEqualTo(bench.database().column("select name from customers where id <= 3 order by id"));
            assertThat(other.count("orders")).isEqualTo(bench.database().count("orders where customer <= 3"));
            assertThat(Long.parseLong(other.ask("select nextval('orders_id_seq')")))
                    .isGreaterThan(Long.parseLong(other.ask("select max(id) from orders")));
        }
    }

    @Test
    void rows_come_out_of_a_stored_backup_after_they_were_lost() throws IOException {
        var before = bench.content();
        bench.backup();
        bench.database().execute("delete from orders where id between 10 and 19");
        Finished done = bench.run(
                "rows",
                "export",
                "--from",
                "latest",
                "--table",
                "orders",
                "--where",
                "id between 1 and 19",
                "--output",
                "lost.json");
        assertThat(done.stdout()).contains("19 rows");
        assertThat(bench.run("rows", "restore", "lost.json", "--execute", "--json")
                        .stdout())
                .contains("\"inserted\": 10", "\"identical\": 9");
        assertThat(bench.content()).isEqualTo(before);
    }

    @LongForm
    @Test
    void a_stored_table_that_is_still_there_needs_nothing_put_back() {
        bench.backup();
        bench.run("rows", "export", "--from", "latest", "--table", "customers", "--output", "all.json");
        assertThat(bench.run("rows", "restore", "all.json").stdout()).contains("there is nothing to put back");
        assertThat(bench.fails(1, "rows", "export", "--from", "latest", "--table", "order", "--output", "x.json")
                        .stderr())
                .contains("did you mean orders?");
        assertThat(folder.resolve("x.json")).doesNotExist();
    }

    @LongForm
    @Test
    void a_file_that_is_there_stays_and_a_damaged_one_is_refused() throws IOException {
        bench.run("rows", "export", "--table", "customers", "--where", "id <= 3", "--output", "few.json");
        assertThat(bench.fails(4, "rows", "export", "--table", "orders", "--output", "few.json")
                        .stderr())
                .contains("exists");
        Path damaged = folder.resolve("few.json");
        Files.writeString(damaged, Files.readString(damaged).replace("\"id\": 3", "\"id\": 4"));
        assertThat(bench.fails(3, "rows", "restore", "few.json").stderr()).contains("damaged");
    }
}
