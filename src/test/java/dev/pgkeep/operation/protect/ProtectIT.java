package dev.pgkeep.operation.protect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.PostgresServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mark of {@code pgkeep protect}: it stops what destroys, stays on its database, and goes nowhere else. */
final class ProtectIT {
    private static final int ORDERS = 500;

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder, PostgresServers.any(), ORDERS);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void a_marked_database_wants_its_name_on_a_terminal_and_stays_marked_when_it_is_made_anew() {
        String backup = bench.backup();
        assertThat(bench.run("protect").stdout()).contains("is protected now");
        assertThat(bench.run("protect").stdout()).contains("already");
        bench.database().execute("delete from orders");
        assertThat(bench.fails(4, "restore", backup, "--yes").stderr()).contains("is protected (marked by");
        assertThat(bench.typed("yes", "restore", backup, "--yes").status()).isEqualTo(4);
        assertThat(bench.database().count("orders")).isZero();
        assertThat(bench.names()).containsExactly(backup);

        Finished done = bench.typed(bench.database().name(), "restore", backup);
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(bench.database().count("orders")).isEqualTo(ORDERS);
        assertThat(isMarked()).isTrue();
        assertThat(bench.fails(4, "undo", "--yes").stderr()).contains("is protected");
        bench.run("undo", "--yes", "--allow-protected");
        assertThat(bench.database().count("orders")).isZero();
        assertThat(isMarked()).isTrue();

        bench.fails(4, "unprotect", "--yes");
        assertThat(isMarked()).isTrue();
        Finished ended = bench.typed(bench.database().name(), "unprotect");
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(isMarked()).isFalse();
        bench.run("restore", backup, "--yes");
        assertThat(isMarked()).isFalse();
    }

    @Test
    void no_backup_carries_the_mark_to_another_database() throws IOException {
        bench.run("protect");
        String chunked = bench.backup();
        String plain = bench.backup("--format", "plain");
        assertThat(Files.readString(bench.repository().resolve(chunked + ".json")))
                .doesNotContain("pgkeep.protected");
        for (String backup : new String[] {chunked, plain}) {
            try (var copy =
                    bench.database().server().databaseToBe(bench.database().name() + "_dev")) {
                bench.run("restore", backup, "--to", copy.name(), "--create-db");
                assertThat(copy.count("orders")).isEqualTo(ORDERS);
                assertThat(copy.ask("select current_setting('pgkeep.protected', true)"))
                        .isEqualTo("null");
            }
        }
    }

    @Test
    void the_mark_of_the_target_counts_whatever_the_profile_is_of() throws IOException {
        String backup = bench.backup();
        try (var other = bench.database().server().database("other")) {
            other.execute("create table precious (n int); insert into precious values (1)");
            bench.run("protect", other.name());
            String[] replace = {"restore", backup, "--to", other.name(), "--drop-existing", "--yes"};
            assertThat(bench.fails(4, replace).stderr()).contains(other.name() + " is protected");
            bench.run("unprotect", other.name(), "--yes", "--allow-protected");
            Files.writeString(folder.resolve("pgkeep.toml"), """
                    [profile.production]
                    url = "%s"
                    protected = true
                    """.formatted(other.url()));
            assertThat(bench.fails(4, replace).stderr()).contains("profile production");
            assertThat(other.count("precious")).isEqualTo(1);
            bench.run("restore", backup, "--yes");
        }
    }

    @Test
    void an_owner_who_may_not_set_the_setting_marks_by_the_comment() {
        String owner = bench.database().server().uniqueName("owner");
        bench.database().execute("create role " + owner + " login createdb password 'owner'");
        String name = bench.database().name() + "_own";
        try (var own = bench.database().server().databaseToBe(name)) {
            own.server().execute("create database " + name + " owner " + owner);
            own.execute("comment on database " + name
                    + " is 'the till'; create table t (n int); alter table t owner to " + owner);
            Bench asOwner = bench.through(own.url().replaceFirst("//[^@]*@", "//" + owner + ":owner@"));
            String backup = asOwner.backup();
            assertThat(asOwner.run("protect").stdout()).contains("a mark in its comment");
            asOwner.fails(4, "restore", backup, "--yes");
            asOwner.run("restore", backup, "--yes", "--allow-protected", "--no-safety-backup");
            assertThat(comment(name)).isEqualTo("the till [protected by pgkeep]");
            asOwner.fails(4, "restore", backup, "--yes");
            asOwner.run("unprotect", "--yes", "--allow-protected");
            assertThat(comment(name)).isEqualTo("the till");
        } finally {
            bench.database().server().execute("drop role " + owner);
        }
    }

    @Test
    void db_status_and_version_show_it() {
        bench.backup();
        bench.run("protect");
        for (String command : new String[] {"db", "status", "version"}) {
            assertThat(bench.run(command).stdout())
                    .containsIgnoringCase("protected")
                    .contains("marked by pgkeep protect");
        }
        assertThat(bench.run("db", "--json").stdout()).contains("\"protected\": true");
        assertThat(bench.run("status", "--json").stdout()).contains("\"protection\": \"marked by pgkeep protect\"");
        Bench down = bench.through(bench.url().replaceFirst(":[0-9]+/", ":9/"));
        assertThat(down.run("status").stdout()).doesNotContain("rotected");
    }

    @Test
    void the_mark_comes_back_also_when_the_run_that_dropped_the_database_was_killed() throws IOException {
        String backup = bench.backup();
        bench.run("protect");
        bench.run("restore", backup, "--yes", "--allow-protected");
        // As it is when pgkeep is killed between dropping and renaming.
        bench.database().server().execute("drop database " + bench.database().name());
        bench.run("undo", "--yes");
        assertThat(bench.database().count("orders")).isEqualTo(ORDERS);
        assertThat(isMarked()).isTrue();
    }

    private boolean isMarked() {
        return bench.database()
                .ask("select coalesce(current_setting('pgkeep.protected', true), 'off')")
                .equals("on");
    }

    private String comment(String database) {
        return bench.database()
                .ask("select shobj_description(oid, 'pg_database') from pg_database where datname = '" + database
                        + "'");
    }
}
