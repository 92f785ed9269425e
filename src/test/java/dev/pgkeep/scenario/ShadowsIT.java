package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.LongForm;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a database puts names in the way of every statement; a superuser runs every command and calls none. */
@Timeout(600)
final class ShadowsIT {
    /** Commands in the order in which they need each other. */
    private static final List<String> COMMANDS = List.of(
            "db",
            "version",
            "backup",
            "backup --format plain",
            "doctor",
            "status",
            "list",
            "show latest",
            "verify",
            "diff {latest}",
            "rows export --table orders --where id<3 --dependants --output rows.json",
            "rows export --from {latest} --table orders --where id<3 --output old.json",
            "cleanup --table customers --where id=2",
            "cleanup --table customers --where id=2 --execute --yes",
            "rows list",
            "rows restore latest",
            "diff {latest} --repair --dry-run",
            "undo --dry-run",
            "rows restore latest --execute --yes",
            "guard -- true",
            "restore latest --dry-run",
            "refresh --dry-run --from backups --database {name} --any --url {copy}",
            "reset --dry-run --migrate true --no-seed",
            "restore latest --swap --yes",
            "prune --keep-last 2 --yes",
            "protect",
            "unprotect --allow-protected --yes");

    /** Those that take longer, or only do what others do already. */
    private static final List<String> MORE = List.of(
            "backup --format custom",
            "backup --format directory",
            "backup",
            "diff latest --sql",
            "verify --restore",
            "cleanup --table orders --where id>4 --execute --yes --batch 2",
            "undo --yes",
            "migrate -- true",
            "restore latest --yes",
            "restore latest --clean --yes",
            "restore latest --data-only --truncate --yes",
            "refresh --from backups --database {name} --any --yes --url {copy}",
            "export latest --to exported.sql",
            "export latest --format custom --to exported.dump",
            "repair");

    @TempDir
    Path folder;

    @Test
    void no_command_of_a_superuser_calls_what_a_path_puts_before_the_system() throws SQLException, IOException {
        run(PostgresServers.any(), "public, pg_catalog", COMMANDS);
    }

    @Test
    void no_look_of_a_superuser_calls_operators_that_fit_better() throws SQLException, IOException {
        try (TestDatabase database = shop(PostgresServers.any(), "")) {
            Files.writeString(
                    folder.resolve("pgkeep.toml"),
                    "migrations-query = \"select count(*), max(name) from shop.applied where name = 'one'\"\n");
            Superuser superuser = new Superuser(folder, database);
            for (String condition :
                    List.of("mail = 'm2'", "lower(mail) = 'm2'", "mail || 'x' = 'm2x'", "mail in ('m2')")) {
                for (String[] look : new String[][] {
                    {"cleanup", "--table", "customers", "--where", condition},
                    {
                        "rows",
                        "export",
                        "--table",
                        "customers",
                        "--where",
                        condition,
                        "--output",
                        "out.json",
                        "--overwrite"
                    }
                }) {
                    Superuser.Ran ran = superuser.runs(look);
                    assertThat(ran.calls(Shadows.CALLED)).as(condition).isEmpty();
                    assertThat(ran.finished().output()).contains("code of the role");
                }
            }
            Superuser.Ran status = superuser.runs("version");
            assertThat(status.calls(Shadows.CALLED)).isEmpty();
            assertThat(status.finished().output()).contains("the configured migration query would call");
        }
    }

    @LongForm
    @Test
    void no_command_does_so_on_any_server_with_any_path() throws SQLException, IOException {
        for (int major : PostgresServers.versions()) {
            for (String path : List.of("public, pg_catalog", "")) {
                run(PostgresServers.version(major), path, COMMANDS);
                run(PostgresServers.version(major), path, MORE);
            }
        }
    }

    private void run(TestServer server, String path, List<String> commands) throws SQLException, IOException {
        Path own = Files.createTempDirectory(folder, "run");
        try (TestDatabase database = shop(server, path);
                TestDatabase copy = server.database("copy")) {
            Superuser superuser = new Superuser(own, database);
            control(superuser);
            SoftAssertions softly = new SoftAssertions();
            String latest = "";
            for (String command : commands) {
                Superuser.Ran ran = superuser.runs(command.replace("{name}", database.name())
                        .replace("{copy}", copy.url())
                        .replace("{latest}", latest)
                        .split(" "));
                softly.assertThat(ran.calls(Shadows.CALLED)).as(path + command).isEmpty();
                softly.assertThat(ran.finished().status())
                        .as(command + ran.finished().output())
                        .isZero();
                latest = latest.isEmpty() && command.equals("backup") ? newest(own) : latest;
            }
            // What a swap keeps would be found by other tests on this server.
            for (String kept : copy.column(
                    "select datname from pg_database where starts_with(datname, '" + database.name() + "_')")) {
                server.execute("drop database \"" + kept + "\" with (force)");
            }
            softly.assertAll();
        }
    }

    /** The first chunked backup. */
    private static String newest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".json") && !file.equals("pgkeep.json"))
                    .map(file -> file.replace(".json", ""))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** They are called, and heard of, where somebody finds names as the application does. */
    private static void control(Superuser superuser) throws SQLException {
        long before = superuser.log().length();
        try (var connection = superuser.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("set search_path = public, pg_catalog");
            statement.execute("select 1 = 1, lower('X')");
            statement.execute("select count(*) from (values (1)) v");
            statement.execute("select from pg_database");
        }
        String heard = superuser
                .log()
                .substring((int) before)
                .lines()
                .filter(line -> line.contains(Shadows.CALLED))
                .map(line -> line.replaceFirst(".*" + Shadows.CALLED, ""))
                .distinct()
                .collect(Collectors.joining("\n"));
        assertThat(heard)
                .contains(" operator = (integer,integer)", " function lower(", " aggregate count", " view pg_database");
    }

    private TestDatabase shop(TestServer server, String path) {
        TestDatabase database = server.database("shadows");
        String role = database.name() + "_owner";
        server.execute("create role " + role);
        server.execute("alter database " + database.name() + " owner to " + role);
        database.execute("alter schema public owner to " + role + "; create schema shop authorization " + role
                + "; set role " + role + "; " + SHOP);
        Shadows.cast(database, role);
        server.execute("alter database " + database.name() + " set search_path = "
                + (path.isEmpty() ? "shop, public" : "shop, " + path));
        return database;
    }

    private static final String SHOP = """
            create table shop.customers (id int primary key, mail varchar(50) unique, since timestamptz default now());
            create table shop.orders (id bigint generated always as identity primary key,
                customer int references shop.customers on delete cascade, note text, at timestamp default now());
            insert into shop.customers select n, 'm' || n from generate_series(1, 20) n;
            insert into shop.orders (customer, note) select 1 + n % 20, 'n' || n from generate_series(1, 40) n;
            create table shop.applied (name varchar(20));
            insert into shop.applied values ('one');
            create table shop.flyway_schema_history (installed_rank int primary key, version varchar(50), description varchar(200),
                type varchar(20), script varchar(1000), installed_on timestamp default now(), success bool);
            insert into shop.flyway_schema_history values (1, '1', 'one', 'SQL', 'V1__one.sql', now(), true);
            create table shop.schema_migrations (version varchar(50) primary key);
            insert into shop.schema_migrations values ('20260101000000');
            """;
}
