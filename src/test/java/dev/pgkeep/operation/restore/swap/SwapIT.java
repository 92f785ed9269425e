package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Forms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore that swaps names, the way back, and what is kept meanwhile. */
final class SwapIT {
    private static final String LONG = "a_name_as_long_as_the_server_allows_for_names_of_databases_63_b";

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void undo_swaps_back_and_forth_and_discard_ends_it() {
        shop = Shop.in(folder);
        describe();
        String backup = shop.backup();
        var then = shop.content();
        shop.change();
        var now = shop.content();

        var restore = shop.done("restore", backup, "--swap", "--keep-old", "3d", "--yes", "--json");
        String kept = shop.kept();
        assertThat(restore.stdout())
                .contains("\"way\": \"swap\"", "\"keptDatabase\": \"" + kept + "\"", "\"safetyBackup\": \"");
        assertThat(Double.parseDouble(found(restore.stdout(), "\"secondsWithoutConnections\": ([0-9.]+)")))
                .isLessThan(1);
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(kept)).isEqualTo(now);
        asDescribed(shop.name());
        assertThat(comment(kept))
                .startsWith("the shop\nkept by pgkeep until ")
                .contains("\"command\":\"restore\"", backup);
        assertThat(shop.done("db").stdout()).contains("Kept: " + kept, shop.name());
        assertThat(shop.done("db", "--json").stdout()).contains("\"name\": \"" + kept + "\"", "\"until\"");
        assertThat(shop.done("status").stdout()).contains(kept);
        assertThat(shop.done("status", "--json").stdout()).contains("\"kept\"", kept);

        assertThat(shop.done("undo", "--dry-run").stdout()).contains(kept, "Dry run");
        assertThat(shop.pgkeep("undo").status()).isEqualTo(4);
        assertThat(shop.content()).isEqualTo(then);
        var undo = shop.done("undo", "--yes", "--json");
        assertThat(undo.stdout()).contains("\"way\": \"swap-back\"", "\"from\": \"" + kept + "\"");
        assertThat(shop.content()).isEqualTo(now);
        assertThat(shop.content(shop.kept())).isEqualTo(then);
        asDescribed(shop.name());

        assertThat(shop.done("undo", "--yes").stdout()).contains("is the database again", "no connections");
        assertThat(shop.content()).isEqualTo(then);

        assertThat(shop.done("undo", "--discard", "--dry-run").stdout()).contains(shop.kept(), "Dry run");
        var refused = shop.ended(4, "undo", "--discard");
        assertThat(refused.stdout()).contains(shop.kept());
        assertThat(shop.done("undo", "--discard", "--yes").stdout()).contains("dropped 1 kept database");
        assertThat(shop.others()).isEmpty();
        assertThat(shop.ended(2, "undo", "--discard", "--yes").stderr()).contains("no database is kept");
        assertThat(shop.content()).isEqualTo(then);
        // The last undo kept nothing but what was discarded, and made no backup.
        assertThat(shop.pgkeep("undo", "--yes").stderr()).contains("made no safety backup");
    }

    /** Nobody has to trust them, and none have to be there, to have a database back that was only renamed. */
    @Test
    void undo_by_swapping_back_looks_for_no_client_programs() throws IOException {
        shop = Shop.in(folder);
        String backup = shop.backup();
        shop.change();
        var now = shop.content();
        shop.done("restore", backup, "--swap", "--yes");

        Files.writeString(folder.resolve("pgkeep.toml"), "client-tools = \"bin\"\n");
        Shop cautious = shop.with("PGKEEP_TRUST", "");
        assertThat(cautious.ended(4, "backup").stderr()).contains("[config.untrusted]");
        cautious.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
    }

    @Forms(
            value = "plain",
            campaign = {"custom", "directory", "tar"})
    void every_format_can_be_swapped_in(String format) {
        shop = Shop.in(folder);
        String backup = shop.backup("--format", format);
        var then = shop.content();
        shop.change();
        var now = shop.content();
        shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
    }

    @Test
    void what_is_over_goes_with_the_next_command_and_is_named_before() {
        shop = Shop.in(folder);
        String backup = shop.backup();
        shop.change();
        var now = shop.content();
        shop.done("restore", backup, "--swap", "--keep-old", "0s", "--yes");
        String kept = shop.kept();
        try (var someone = shop.server().databaseToBe(kept).connect()) {
            assertThat(someone).isNotNull();
            var status = shop.done("status");
            assertThat(status.stderr()).contains("warning: " + kept, "1 connection to it is open: it stays");
            assertThat(shop.kept()).isEqualTo(kept);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(shop.done("backup", "-q").stderr()).contains("warning: dropping " + kept, "kept until");
        assertThat(shop.others()).isEmpty();
        assertThat(shop.runs("discard")).containsExactly("done");
        // The safety backup is still there.
        assertThat(shop.done("undo", "--yes").stdout()).contains(kept + ", which it had kept, is gone");
        assertThat(shop.content()).isEqualTo(now);
    }

    @Test
    void nothing_is_changed_when_the_new_one_is_not_proven() throws IOException {
        shop = Shop.in(folder);
        String backup = shop.backup("--format", "custom");
        shop.change();
        var now = shop.content();
        String[] words = {"restore", backup, "--swap", "--yes", "--no-safety-backup", "--migrate"};

        var noYes = shop.ended(4, "restore", backup, "--swap");
        assertThat(noYes.stderr()).contains("no terminal to ask on");
        var smoke = shop.with("PGKEEP_SMOKE", "select count(*) > 9999 from orders")
                .ended(3, "restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(smoke.stderr()).contains("nothing was changed", "smoke test", "says false");
        assertThat(shop.ended(2, words).stderr()).contains("no migrate command is configured");
        var migrate =
                shop.with("PGKEEP_COMMANDS_MIGRATE", "echo migrating; exit 3").ended(1, words);
        assertThat(migrate.stderr()).contains("migrating", "nothing was changed", "ended with status 3");
        assertThat(shop.others()).isEmpty();
        assertThat(shop.content()).isEqualTo(now);
        assertThat(shop.pgkeep("undo", "--yes").stderr()).contains("there is nothing to undo");

        shop.with("PGKEEP_COMMANDS_MIGRATE", "psql -qc 'create table migrated (n int)'")
                .with("PGKEEP_SMOKE", "select count(*) = 0 from migrated")
                .done(words);
        assertThat(shop.content()).containsKey("public.migrated");
        assertThat(shop.content(shop.kept())).isEqualTo(now);
        shop.done("undo", "--discard", "--yes");

        Path data = folder.resolve("backups").resolve(backup + ".dump");
        byte[] bytes = Files.readAllBytes(data);
        bytes[bytes.length / 2] ^= 1;
        Files.write(data, bytes);
        assertThat(shop.ended(3, "restore", backup, "--swap", "--yes").stderr()).contains("damaged");
        assertThat(shop.others()).isEmpty();
        assertThat(shop.content()).containsKey("public.migrated");
    }

    @Forms(
            value = "Ünï \"cödé\"; drop'$x\\ %s?{}",
            campaign = {LONG, "ümlaute_ümlaute_ümlaute_ümlaute_ümlaute_ümlaute_ümla"})
    void any_name_will_do(String name) {
        shop = Shop.named(name, folder);
        String backup = shop.backup();
        var then = shop.content();
        shop.change();
        var now = shop.content();
        shop.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.content()).isEqualTo(then);
        assertThat(shop.content(shop.kept())).isEqualTo(now);
        shop.done("undo", "--yes");
        assertThat(shop.content()).isEqualTo(now);
        shop.done("undo", "--discard", "--yes");
        assertThat(shop.others()).isEmpty();
    }

    @Test
    void a_role_that_may_create_databases_is_enough() throws Exception {
        shop = Shop.in(folder);
        String role = "role_of_" + shop.name();
        shop.database()
                .execute("create role " + role + " login createdb password 'plain'; alter database " + shop.name()
                        + " owner to " + role + "; grant all on schema public to " + role
                        + "; alter table customers owner to " + role + "; alter table orders owner to " + role);
        Shop plain = shop.with("DATABASE_URL", shop.database().url().replaceFirst("//[^@]*@", "//" + role + ":plain@"));
        String backup = plain.backup();
        shop.change();
        try (var superuser = shop.database().connect()) {
            var refused = plain.ended(4, "restore", backup, "--swap", "--yes");
            assertThat(refused.stderr()).contains("may not end these connections", "postgres@", "pg_signal_backend");
            assertThat(superuser.isValid(1)).isTrue();
        }
        plain.done("restore", backup, "--swap", "--yes", "--no-safety-backup");
        assertThat(shop.database().count("orders")).isEqualTo(5000);
        plain.done("undo", "--yes");
        assertThat(shop.content()).containsKey("public.later");
        plain.done("undo", "--discard", "--yes");
        shop.server().execute("alter role " + role + " nocreatedb");
        assertThat(plain.ended(4, "restore", backup, "--swap", "--yes").stderr())
                .contains("CREATEDB");
        shop.server().execute("alter database " + shop.name() + " owner to postgres");
        assertThat(plain.pgkeep("restore", backup, "--swap", "--yes").stderr()).contains("belongs to postgres");
        shop.database().execute("drop table orders, customers; drop owned by " + role);
        shop.server().execute("drop role " + role);
    }

    @Test
    void what_does_not_go_together_is_told() {
        shop = Shop.in(folder);
        assertThat(shop.ended(2, "restore", "latest", "--swap", "--clean").stderr())
                .contains("--swap");
        assertThat(shop.ended(2, "restore", "latest", "--swap", "-t", "orders").stderr())
                .contains("--swap");
        assertThat(shop.ended(2, "restore", "latest", "--keep-old", "3d", "--in-place")
                        .stderr())
                .contains("--keep-old replaces the whole database");
        assertThat(shop.ended(2, "restore", "latest", "--swap", "--keep-old", "soon")
                        .stderr())
                .contains("span");
        assertThat(shop.others()).isEmpty();
    }

    /** Everything that a database has besides its contents. */
    private void describe() {
        String name = shop.name();
        shop.server()
                .execute("comment on database " + name + " is 'the shop'; alter database " + name
                        + " set work_mem = '5MB'; alter database " + name
                        + " connection limit 50; revoke connect on database "
                        + name + " from public; grant connect on database " + name + " to pg_monitor");
    }

    private void asDescribed(String name) {
        assertThat(comment(name)).isEqualTo("the shop");
        assertThat(shop.database().ask("show work_mem")).isEqualTo("5MB");
        assertThat(shop.server()
                        .ask("select datconnlimit || ' ' || datacl::text from pg_database where datname = '" + name
                                + "'"))
                .startsWith("50 ")
                .contains("pg_monitor=c/")
                .doesNotContain(",=");
    }

    private String comment(String name) {
        return shop.server()
                .ask("select shobj_description(oid, 'pg_database') from pg_database where datname = '" + name + "'");
    }

    private static String found(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
