package dev.pgkeep.operation.restore.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Forms;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would stop a restore or a reset in the middle is found before anything is touched. */
final class ObstaclesIT {
    private static final String FORCED =
            "alter table orders enable row level security, force row level security; create policy few on orders"
                    + " using (id < 10)";

    @TempDir
    Path folder;

    private Bench bench;
    private Bench app;
    private String role;

    @BeforeEach
    void open() {
        bench = Bench.in(folder, PostgresServers.any(), 100);
        role = bench.database().server().uniqueName("app");
        bench.database()
                .execute("create role " + role + " login createdb password 'app'; alter database "
                        + bench.database().name() + " owner to " + role + "; alter schema public owner to " + role
                        + "; alter table customers owner to " + role + "; alter table orders owner to " + role
                        + "; alter view notes owner to " + role);
        app = bench.through(bench.url().replaceFirst("//[^@]*@", "//" + role + ":app@"));
    }

    @AfterEach
    void close() {
        bench.close();
        bench.database().server().execute("drop role " + role);
    }

    @Forms(value = "chunked", campaign = "custom")
    void rows_that_the_role_would_not_see_once_they_are_restored(String format) {
        bench.database().execute(FORCED);
        String backup = bench.backup("--format", format);
        bench.database().execute("drop policy few on orders; alter table orders no force row level security");
        var before = bench.content();

        var refused = app.fails(4, "restore", backup, "--yes");

        assertThat(refused.stderr())
                .contains("[preflight.failed]", "would hide rows from " + role + ": public.orders", "BYPASSRLS");
        var proof = app.pgkeep("verify", backup, "--restore");
        // Of chunks, a table may have been read back before its row security was switched on.
        if (format.equals("custom") || proof.status() != 0) {
            assertThat(proof.status()).as(proof.output()).isEqualTo(1);
            assertThat(proof.stderr()).contains("row-level security policy for table \"orders\"");
        }
        assertThat(bench.find(backup).isDamaged()).isFalse();
        assertThat(bench.content()).isEqualTo(before);
        bench.database().server().execute("alter role " + role + " bypassrls");
        app.run("restore", backup, "--yes");
        assertThat(bench.database().count("orders")).isEqualTo(100);
        bench.nothingIsLeft();
    }

    @Test
    void rows_that_the_role_cannot_back_up_before() {
        String backup = bench.backup();
        bench.database().execute(FORCED);
        var before = bench.content();
        for (String[] words : new String[][] {{"restore", backup, "--yes"}, {"reset", "--yes"}}) {
            assertThat(app.fails(4, words).stderr())
                    .contains("could not be backed up before: row security hides rows from " + role, "public.orders");
        }
        assertThat(bench.content()).isEqualTo(before);
        app.run("restore", backup, "--yes", "--no-safety-backup");
        assertThat(app.database().count("orders")).isEqualTo(100);
        // Tables of which the role sees a part are not counted after a reset.
        var reset = app.run(
                "reset",
                "--yes",
                "--migrate",
                "psql -q -v ON_ERROR_STOP=1 -c 'create table hidden (id int); create table seen (n int);"
                        + " alter table hidden enable row level security, force row level security'");
        assertThat(reset.stdout()).contains("is reset: 1 table");
        bench.nothingIsLeft();
    }

    @Test
    void transactions_that_are_prepared_and_not_ended() {
        String backup = bench.backup();
        var before = bench.content();
        bench.database().execute("begin; delete from orders; prepare transaction 'left open'");
        for (String[] words : new String[][] {
            {"restore", backup, "--yes"},
            {"restore", backup, "--yes", "--clean"},
            {"restore", backup, "--yes", "--swap"},
            {"reset", "--yes"}
        }) {
            var refused = bench.fails(4, words);
            assertThat(refused.stderr())
                    .contains("[preflight.failed]", "1 prepared transaction keeps ", "left open", "ROLLBACK PREPARED");
        }
        bench.database().execute("rollback prepared 'left open'");
        assertThat(bench.content()).isEqualTo(before);
        assertThat(bench.names()).containsExactly(backup);
        bench.run("restore", backup, "--yes");
        bench.nothingIsLeft();
    }

    @Test
    void subscriptions_which_keep_a_database_from_being_dropped() {
        subscribe(bench.database());
        String backup = bench.backup();
        var before = bench.content();
        for (String[] words : new String[][] {
            {"restore", backup, "--yes"}, {"restore", backup, "--yes", "--clean"}, {"reset", "--yes"}
        }) {
            assertThat(bench.fails(4, words).stderr())
                    .contains(
                            "[preflight.failed]",
                            "feed",
                            "DROP SUBSCRIPTION in " + bench.database().name());
        }
        assertThat(bench.content()).isEqualTo(before);
        assertThat(bench.names()).containsExactly(backup);
        bench.database().execute("set session_replication_role = replica; alter subscription feed disable");
        bench.database()
                .execute("set session_replication_role = replica; alter subscription feed set (slot_name = none)");
        bench.database().execute("set session_replication_role = replica; drop subscription feed");
        bench.nothingIsLeft();
    }

    @Test
    void what_an_interrupted_restore_left_behind_subscribes_to_something() {
        String backup = bench.backup();
        String left = bench.database().name() + "_pgkeep_restoring_0a1b2c3d";
        bench.database().server().execute("create database " + left);
        subscribe(new TestDatabase(bench.database().server(), left));
        assertThat(bench.run("restore", backup, "--yes").stderr()).contains("dropped " + left);
        bench.nothingIsLeft();
    }

    /** To what cannot be reached, and so that no subscription may be changed or dropped. */
    private static void subscribe(TestDatabase database) {
        database.execute("create subscription feed connection 'host=nowhere.invalid' publication far"
                + " with (connect = false, slot_name = feed)");
        database.execute("""
                create function refuse() returns event_trigger language plpgsql as
                    $$ begin raise exception 'refused'; end $$;
                create event trigger refusing on ddl_command_start when tag in
                    ('ALTER SUBSCRIPTION', 'DROP SUBSCRIPTION') execute function refuse()""");
    }
}
