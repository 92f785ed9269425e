package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command, run by a superuser on a database whose owner is hostile: those that only look call nothing of his,
 * none runs a name as a command, and none tells the password.
 */
@Timeout(600)
final class HostileOwnerIT {
    /** What only looks; {latest} is a backup in chunks. */
    private static final List<String> LOOKS = List.of(
            "db",
            "version",
            "backup",
            "backup --format plain",
            "backup --format custom",
            "doctor",
            "status",
            "status --json",
            "list",
            "show {latest}",
            "verify",
            "diff {latest}",
            "cleanup --table customers --where id=2",
            "cleanup --table customers --where name='n2'",
            "cleanup --table customers --where mood='good'",
            "cleanup --table customers --where mail='m2'",
            "cleanup --table orders --where to_jsonb(orders)->>'id'='1'",
            "cleanup --table orders --where id<3",
            "cleanup --table orders --where id¬in¬(select¬id¬from¬shop.looking)",
            "cleanup --table hidden --where id=1",
            "rows export --table customers --where id<4 --dependants --output rows.json",
            "rows export --from {latest} --table customers --where id<4 --output old.json",
            "rows export --from {latest} --table customers --where mail='m2' --output older.json",
            "rows restore rows.json",
            "rows list",
            "guard --dry-run -- true",
            "migrate --dry-run -- true",
            "restore {latest} --dry-run",
            "reset --dry-run --migrate true --no-seed",
            "prune --keep-last 9 --dry-run",
            "protect",
            "unprotect --allow-protected --yes");

    /** What changes something, and what makes a database of a backup. */
    private static final List<String> CHANGES = List.of(
            "verify --restore",
            "export {latest} --to exported.sql",
            "cleanup --table orders --where id=3 --execute --yes",
            "rows restore latest --execute --yes",
            "guard -- true",
            "cleanup --table customers --where id=2 --execute --yes",
            "undo --yes",
            "refresh --from backups --database {name} --any --yes --url {copy}",
            "restore {latest} --yes",
            "prune --keep-last 1 --yes");

    @TempDir
    static Path folder;

    private static TestDatabase database;
    private static TestDatabase copy;
    private static Path canary;
    private static final List<Ran> RAN = new ArrayList<>();

    private record Ran(String command, boolean look, Superuser.Ran ran) {
        String output() {
            return ran.finished().output();
        }
    }

    @BeforeAll
    static void runEverything() throws IOException {
        canary = Files.createDirectory(folder.resolve("c")).resolve("f");
        var server = PostgresServers.any();
        database = HostileOwner.make(server, canary);
        copy = server.database("copy");
        Path own = Files.createDirectory(folder.resolve("own"));
        Superuser superuser = new Superuser(own, database);
        for (String command : Stream.concat(LOOKS.stream(), CHANGES.stream()).toList()) {
            String[] words = command.replace("{name}", database.name())
                    .replace("{copy}", copy.url())
                    .replace("{latest}", chunked(own))
                    .split(" ");
            for (int i = 0; i < words.length; i++) {
                words[i] = words[i].replace('¬', ' ');
            }
            RAN.add(new Ran(command, LOOKS.contains(command), superuser.runs(words)));
        }
    }

    @AfterAll
    static void drop() {
        database.close();
        copy.close();
    }

    @Test
    void what_only_looks_calls_nothing_of_the_owner() {
        SoftAssertions softly = new SoftAssertions();
        for (Ran each : RAN) {
            if (each.look) {
                softly.assertThat(each.ran.calls(HostileOwner.CALLED))
                        .as(each.command)
                        .isEmpty();
            }
        }
        softly.assertAll();
    }

    @Test
    void the_owners_code_would_have_been_heard() {
        assertThat(RAN.stream()
                        .filter(each -> each.command.startsWith("undo"))
                        .flatMap(each -> each.ran.calls(HostileOwner.CALLED).stream()))
                .isNotEmpty();
    }

    @Test
    void a_condition_that_would_call_code_of_the_owner_is_refused_and_says_so() {
        for (Ran each : RAN) {
            if (each.command.contains("name='n2'")
                    || each.command.contains("to_jsonb")
                    || each.command.contains("shop.looking")) {
                assertThat(each.output()).as(each.command).contains("would call", "code of the role", "[refused]");
            }
        }
    }

    @Test
    void everything_else_does_what_it_should() {
        SoftAssertions softly = new SoftAssertions();
        List<String> refused = List.of("name='n2'", "to_jsonb", "shop.looking", "mood='good'", "mail='m2'");
        for (Ran each : RAN) {
            if (refused.stream().noneMatch(each.command::contains)) {
                softly.assertThat(each.ran.finished().status())
                        .as(each.command + "\n" + each.output())
                        .isIn(0, 1);
            }
        }
        softly.assertAll();
    }

    @Test
    void what_pg_dump_dumps_is_counted_without_planning_for_constants_in_the_owners_indexes() throws IOException {
        var server = PostgresServers.any();
        try (TestDatabase planned = HostileOwner.constantIndex(server)) {
            Superuser superuser = new Superuser(Files.createDirectory(folder.resolve("planned")), planned);
            for (String command : List.of(
                    "backup --format custom",
                    "backup --format plain",
                    "status",
                    "version",
                    "verify",
                    "reset --dry-run")) {
                Superuser.Ran ran = superuser.runs(command.split(" "));
                assertThat(ran.calls(HostileOwner.CALLED)).as(command).isEmpty();
                assertThat(ran.finished().status()).as(ran.finished().output()).isZero();
            }
            assertThat(superuser.runs("show", "latest").finished().output()).contains("rows 8,");
            long before = superuser.log().length();
            assertThat(planned.count("t")).isEqualTo(7);
            assertThat(superuser.log().substring((int) before)).contains(HostileOwner.CALLED);
        }
    }

    @Test
    void no_name_is_run_as_a_command() {
        assertThat(canary).doesNotExist();
        assertThat(canary.getParent()).isEmptyDirectory();
    }

    @Test
    void no_output_and_no_file_holds_the_password() throws IOException {
        String password = database.server().cluster().password();
        for (Ran each : RAN) {
            assertThat(each.output()).as(each.command).doesNotContain(password);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(bytes(file)).as(file.toString()).doesNotContain(password);
            }
        }
    }

    @Test
    void nothing_that_is_printed_controls_a_terminal() {
        SoftAssertions softly = new SoftAssertions();
        for (Ran each : RAN) {
            softly.assertThat(each.output()
                            .codePoints()
                            .filter(HostileOwnerIT::controls)
                            .count())
                    .as(each.command)
                    .isZero();
        }
        softly.assertAll();
    }

    private static boolean controls(int letter) {
        return letter < ' ' && letter != '\n' && letter != '\t'
                || letter >= 0x7f && letter < 0xa0
                || letter >= 0x202a && letter <= 0x202e
                || letter >= 0x2066 && letter <= 0x2069;
    }

    private static String bytes(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first backup in chunks; nothing before there is one. */
    private static String chunked(Path own) throws IOException {
        Path backups = own.resolve("backups");
        if (!Files.isDirectory(backups)) {
            return "latest";
        }
        try (Stream<Path> files = Files.list(backups)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".json") && !file.equals("pgkeep.json"))
                    .map(file -> file.replace(".json", ""))
                    .sorted()
                    .findFirst()
                    .orElse("latest");
        }
    }
}
