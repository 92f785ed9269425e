package dev.pgkeep.operation.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PgkeepProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong, the developer's database survives, and nobody sees a value that should be masked. */
final class RefreshRefusalsIT {
    private static final String PRODUCTION = """
            create domain number as text check (value ~ '^[0-9]+$');
            create table customers (id int primary key, name text, mail text check (mail ~ '@'), phone number);
            insert into customers select n, 'topsecret' || n, 'topsecret' || n || '@corp.test'
            from generate_series(1, 200) n;
            create function full_disk(value text) returns text language plpgsql as
                $$ begin raise exception using errcode = '53100', message = 'no space left'; end $$;
            """;

    @TempDir
    Path folder;

    private RefreshDesk desk;

    @BeforeEach
    void open() {
        desk = new RefreshDesk(folder, PRODUCTION, "create table mine (n int); insert into mine values (1), (2)");
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void only_local_databases_that_are_not_protected_are_replaced() {
        desk.backup();
        var far = desk.run(
                Map.of("DATABASE_URL", "postgresql://me@db.example.com/shop"),
                "refresh",
                "--from",
                "production",
                "--yes");
        assertThat(far.status()).isEqualTo(ExitStatus.REFUSED.number());
        assertThat(far.stderr()).contains("db.example.com:5432", "not on this machine", "--allow-host db.example.com");
        desk.refused(ExitStatus.REFUSED, "refresh", "--from", "production");
        desk.write("pgkeep.toml", "[profile.development]\nprotected = true\n");
        var named = desk.refused(
                ExitStatus.REFUSED, "refresh", "--from", "production", "--yes", "--profile", "development");
        assertThat(named.stderr()).contains("is protected", "refresh never replaces");
        var own = desk.run(
                Map.of("DATABASE_URL", desk.production().url()),
                "refresh",
                "--from",
                desk.backups().toString(),
                "--yes");
        assertThat(own.status()).isEqualTo(ExitStatus.REFUSED.number());
        assertThat(own.stderr()).contains("was made of this very database");
        assertThat(desk.production().count("customers")).isEqualTo(200);
    }

    @Test
    void a_source_that_is_not_there_or_not_good_changes_nothing() throws IOException {
        assertThat(desk.refused(ExitStatus.USAGE, "refresh", "--yes").stderr()).contains("--from production");
        assertThat(desk.refused(ExitStatus.USAGE, "refresh", "--from", "prodcution", "--yes")
                        .stderr())
                .contains("did you mean production?");
        assertThat(desk.refused(ExitStatus.FAILED, "refresh", "--from", "production", "--yes")
                        .stderr())
                .contains("[source.unreachable]");
        String older = desk.backup("--format", "plain");
        String newer = desk.backup("--format", "plain", "--no-check");
        assertThat(desk.run("refresh", "--from", "production", "--dry-run").output())
                .contains(older, "no backup in", "is proven", "Dry run");
        damage(desk.backups().resolve(newer + ".sql.zst"));
        var damaged = desk.refused(ExitStatus.DAMAGED, "refresh", "--from", "production", "--any", "--yes");
        assertThat(damaged.stderr()).contains(newer + " is damaged, nothing was changed", "--backup " + older);
        desk.done("refresh", "--from", "production", "--yes");
        assertThat(desk.development().count("customers")).isEqualTo(200);
    }

    @Test
    void without_a_safety_backup_nothing_is_dropped() throws IOException {
        desk.prove(desk.backup());
        Path own = Files.createDirectories(desk.ownBackups());
        Files.writeString(own.resolve("work"), "in the way of every new backup");
        var failed = desk.run("refresh", "--from", "production", "--yes");
        assertThat(failed.status()).as(failed.output()).isEqualTo(ExitStatus.REFUSED.number());
        assertThat(failed.stderr()).contains("safety backup failed, so nothing was changed");
        assertThat(desk.development().count("mine")).isEqualTo(2);
    }

    @Test
    void masked_values_that_cannot_be_stored_are_told_before_anything_is_touched() {
        desk.backup();
        desk.write("pgkeep.toml", "[mask.customers]\nmail = \"hash\"\n");
        assertThat(desk.refused(ExitStatus.USAGE, "refresh", "--from", "production", "--yes")
                        .stderr())
                .contains("public.customers.mail break the condition customers_mail_check");
        desk.write("pgkeep.toml", "[mask.customers]\nphone = { constant = \"none\" }\n");
        assertThat(desk.refused(ExitStatus.USAGE, "refresh", "--from", "production", "--yes")
                        .stderr())
                .contains("public.customers.phone (constant)", "violates check constraint");
    }

    @Test
    void when_masking_fails_the_database_is_as_it_was() {
        desk.prove(desk.backup());
        for (String[] each : List.of(
                new String[] {"name = { sql = \"name::int::text\" }", "a value does not fit", "[masking.failed]"},
                new String[] {"name = { sql = \"full_disk(name)\" }", "no space left", "[disk.full]"})) {
            desk.write("pgkeep.toml", "[mask.customers]\n" + each[0] + "\n");
            var failed = desk.run("refresh", "--from", "production", "--yes");
            assertThat(failed.status()).as(failed.output()).isEqualTo(ExitStatus.FAILED.number());
            assertThat(failed.stderr())
                    .contains(each[1], each[2], "nothing was changed")
                    .doesNotContain("topsecret");
            assertThat(desk.databases()).noneMatch(name -> name.contains("_pgkeep_"));
            assertThat(desk.development().count("mine")).isEqualTo(2);
        }
    }

    @Test
    void a_run_that_is_killed_while_it_masks_never_shows_what_is_not_masked() {
        desk.prove(desk.backup());
        desk.write("pgkeep.toml", "[mask.customers]\nname = { sql = \"id || pg_sleep(0.5)::text\" }\n");
        try (var running = process("refresh", "--from", "production", "--yes").start()) {
            running.waitFor("Masking public.customers");
            running.kill();
            running.end();
        }
        assertThat(desk.development().count("mine")).isEqualTo(2);
        desk.write("pgkeep.toml", "[mask.customers]\nname = \"null\"\n");
        desk.done("refresh", "--from", "production", "--yes");
        assertThat(desk.databases()).noneMatch(name -> name.contains("_pgkeep_"));
    }

    @Test
    void whatever_is_typed_but_yes_changes_nothing_and_a_profile_needs_no_login() throws IOException {
        desk.backup();
        Files.writeString(
                folder.resolve("pgkeep.toml"),
                "[profile.production]\nurl = \"${NOT_SET_HERE}\"\nrepository = \"" + desk.backups() + "\"\n");
        try (var running =
                process("refresh", "--from", "production").onTerminal().start()) {
            running.waitFor(" to replace " + desk.development().name() + ", q to quit");
            running.type("no\n");
            var finished = running.end();
            assertThat(finished.status()).as(finished.output()).isEqualTo(4);
            assertThat(finished.output()).contains("at stake", "not confirmed, nothing was changed");
        }
        assertThat(desk.development().count("mine")).isEqualTo(2);
    }

    @LongForm
    @Test
    void json_is_one_document_that_says_what_was_masked() {
        String backup = desk.backup();
        desk.prove(backup);
        desk.write("pgkeep.toml", "[mask.customers]\nname = \"null\"\n");
        var planned = desk.done("refresh", "--from", "production", "--dry-run", "--json");
        assertThat(planned.stdout()).startsWith("{").contains("\"dryRun\": true", "\"column\": \"name\"");
        assertThat(desk.development().count("mine")).isEqualTo(2);
        var done = desk.done("refresh", "--from", "production", "--yes", "--json");
        assertThat(done.stdout())
                .startsWith("{")
                .contains(
                        "\"dryRun\": false",
                        "\"backup\": \"" + backup + "\"",
                        "\"rows\": 200",
                        "\"mask\": \"null\"",
                        "\"safetyBackup\": \"" + desk.development().name());
        assertThat(desk.development().count("customers where name is null")).isEqualTo(200);
    }

    @LongForm
    @Test
    void the_migrations_catch_up_and_a_failing_one_is_told() {
        desk.prove(desk.backup());
        desk.write("pgkeep.toml", "[commands]\nmigrate = \"psql -qc 'alter table customers add column later int'\"\n");
        var finished = desk.done("refresh", "--from", "production", "--yes");
        assertThat(finished.output()).contains("alter table customers");
        assertThat(desk.development().count("customers where later is null")).isEqualTo(200);
        assertThat(desk.done("refresh", "--from", "production", "--yes", "--no-migrate")
                        .status())
                .isEqualTo(ExitStatus.DONE.number());
        desk.write("pgkeep.toml", "[commands]\nmigrate = \"exit 7\"\n");
        var failed = desk.run("refresh", "--from", "production", "--yes");
        assertThat(failed.status()).isEqualTo(ExitStatus.FAILED.number());
        assertThat(failed.output()).contains("status 7", "pgkeep undo");
        assertThat(desk.development().count("customers")).isEqualTo(200);
    }

    /** At any moment the name shows what was there, or what is masked, or nothing; and there is a way back. */
    @LongForm
    @Test
    void a_run_that_is_killed_at_any_moment_shows_the_old_or_the_masked() {
        desk.prove(desk.backup());
        desk.write(
                "pgkeep.toml",
                "[mask.customers]\nname = { sql = \"id || pg_sleep(0.005)::text\" }\nmail = \"email\"\n");
        int moments = Campaign.of(1, 40);
        for (int i = 0; i < moments; i++) {
            try (var running =
                    process("refresh", "--from", "production", "--yes").start()) {
                running.waitFor("first the safety backup");
                pause(1000 + i * 4000L / moments);
                running.kill();
                running.end();
            }
            if (desk.databases().contains(desk.development().name())) {
                assertThat(desk.development()
                                .column("select tablename from pg_tables where tablename in ('mine', 'customers')"))
                        .hasSize(1);
                assertThat(desk.development()
                                        .column("select 1 from pg_tables where tablename = 'customers'")
                                        .isEmpty()
                                || desk.development().count("customers where mail ~ 'topsecret' or name ~ 'topsecret'")
                                        == 0)
                        .isTrue();
            }
            if (!desk.databases().contains(desk.development().name())
                    || desk.development()
                            .column("select 1 from pg_tables where tablename = 'mine'")
                            .isEmpty()) {
                desk.done("undo", "--yes");
            }
            assertThat(desk.development().count("mine")).isEqualTo(2);
        }
    }

    private PgkeepProcess process(String... words) {
        var process = PgkeepProcess.in(folder).args(words);
        for (var each : desk.environment().entrySet()) {
            process = process.env(each.getKey(), each.getValue());
        }
        return process;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void damage(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x55;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
