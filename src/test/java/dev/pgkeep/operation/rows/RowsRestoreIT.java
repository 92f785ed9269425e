package dev.pgkeep.operation.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.FlakyProxy;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.RunningPgkeep;
import dev.pgkeep.testing.TableContent;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that come back out of a document come back all, or none; and then on the next try. */
final class RowsRestoreIT {
    private static final String[] RESTORE = {
        "rows", "restore", "lost.json", "--execute", "--on-conflict", "overwrite", "--yes"
    };

    @TempDir
    Path folder;

    private Bench bench;
    private Optional<Map<String, TableContent>> before = Optional.empty();
    private Optional<Map<String, TableContent>> after = Optional.empty();

    @BeforeEach
    void lose() {
        bench = Bench.in(folder, PostgresServers.any(), 500);
        before = bench.content();
        bench.run(
                "rows",
                "export",
                "--table",
                "customers",
                "--where",
                "id <= 90",
                "--dependants",
                "--output",
                "lost.json");
        bench.database().execute("""
                delete from orders where customer <= 50;
                delete from customers where id <= 50;
                update customers set name = 'other' where id between 51 and 90;""");
        after = bench.content();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void killed_in_the_middle_nothing_is_back_and_nothing_is_locked() {
        bench.database().execute("""
                create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.02); return new; end $$;
                create trigger slow before insert on orders for each row execute function slow();""");
        String[] slowly = {"rows", "restore", "lost.json", "--execute", "--on-conflict", "skip", "--triggers", "run"};
        try (RunningPgkeep running = bench.process(slowly).start()) {
            running.waitFor("Putting rows back");
            running.waitUntil(
                    () -> bench.database().count("pg_stat_activity where wait_event = 'PgSleep'") > 0,
                    "in the middle of its rows");
            running.kill();
            running.end();
        }
        // Nobody has to wait for what is left of it.
        bench.database().execute("begin; set local lock_timeout = '5s'; lock table customers, orders; commit");
        bench.noSessionsAreLeft();
        assertThat(bench.content()).isEqualTo(after);
        bench.database().execute("drop trigger slow on orders");
        bench.run(RESTORE);
        assertThat(bench.content()).isEqualTo(before);
        bench.nothingIsLeft();
    }

    /** Of what a look alone has the server send, so many percent. */
    @Forms(
            value = "215",
            campaign = {"60", "130", "190", "240"})
    void a_line_that_breaks_leaves_all_or_nothing(String part) {
        try (FlakyProxy proxy =
                FlakyProxy.to(Integer.parseInt(PostgresServers.any().ask("show port")))) {
            Bench far = bench.through(proxy.url(bench.database()));
            long start = proxy.received();
            far.run("rows", "restore", "lost.json");
            long looked = proxy.received() - start;
            proxy.cutAfter(looked * Integer.parseInt(part) / 100);
            String[] skipping = {"rows", "restore", "lost.json", "--execute", "--on-conflict", "skip"};
            Finished cut = far.pgkeep(skipping);
            assertThat(cut.status()).as(cut.output()).isIn(0, 1, 5);
            bench.noSessionsAreLeft();
            if (cut.status() > 0) {
                assertThat(bench.content()).as(cut.stderr()).isEqualTo(after);
            }
            proxy.cutAfter(Long.MAX_VALUE / 2);
            far.run(RESTORE);
            assertThat(bench.content()).isEqualTo(before);
        }
    }

    @Test
    void what_was_written_over_comes_back_by_undo() {
        bench.run(RESTORE);
        assertThat(bench.content()).isEqualTo(before);
        bench.run("undo", "--yes");
        assertThat(bench.content()).isEqualTo(after);
    }

    @Test
    void a_row_that_somebody_changes_while_the_question_stands_is_not_written_over() {
        try (RunningPgkeep running = bench.process(
                        "rows", "restore", "lost.json", "--execute", "--on-conflict", "overwrite")
                .onTerminal()
                .start()) {
            running.waitFor("Type ");
            bench.database().execute("update customers set name = 'precious' where id = 77");
            running.type("yes\n");
            Finished finished = running.end();
            assertThat(finished.status()).as(finished.output()).isEqualTo(4);
            assertThat(finished.output())
                    .contains(
                            "no longer what was shown", "customers: as many, but other values", "nothing was changed");
        }
        assertThat(bench.database().count("customers")).isEqualTo(1950);
        assertThat(bench.fails(2, "undo").stderr()).contains("nothing to undo");
    }
}
