package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.FlakyProxy;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The password is looked for everywhere it must not be. */
final class SecretsIT {
    private static final String PASSWORD = "Zebra&9#/%?\"q\\ü'; x";
    private static final String ENCODED =
            URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20");
    /** Long enough not to be found by chance. */
    private static final List<String> TRACES = List.of("Zebra", "ebra&9", "ebra%26", ENCODED, PASSWORD);

    @TempDir
    Path folder;

    private Bench bench;
    private Bench named;
    private FlakyProxy line;
    private String role;
    private final Set<String> seen = new TreeSet<>();

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
        role = bench.database().server().uniqueName("owner");
        bench.database()
                .execute("create role " + role + " superuser login password '" + PASSWORD.replace("'", "''") + "'");
        line = FlakyProxy.to(bench.database().server().cluster().port());
        named = bench.through(line.url(bench.database()).replaceFirst("//[^@]*@", "//" + role + ":" + ENCODED + "@"));
    }

    @AfterEach
    void close() {
        line.close();
        // A restore into a database that is not there makes it.
        bench.database().server().databaseToBe(bench.database().name() + "x").close();
        bench.close();
        bench.database().server().execute("drop role " + role);
    }

    @Test
    void the_password_is_in_no_process_list_no_output_and_no_file() throws IOException {
        line.limit(2_000_000);
        for (String[] words : new String[][] {
            {"backup", "--format", "plain,custom", "--globals", "-v", "--log-file", "log"},
            {"backup", "--format", "directory", "-v", "--json", "--log-file", "log"},
            {"verify", "--restore", "-v", "--log-file", "log"},
            {"restore", "latest", "--yes", "-v", "--log-file", "log"},
            {"undo", "--yes", "-v"},
            {"restore", "latest", "--to", "x=y", "--create-db", "-v"},
            {"restore", "latest", "--yes", "-t", "no_such_table", "-v"},
        }) {
            clean(watched(words));
        }
        assertThat(seen.stream().filter(line -> line.contains("pg_dump"))).isNotEmpty();
        assertThat(seen.stream().filter(line -> line.contains("pg_restore"))).isNotEmpty();
        assertThat(seen).noneMatch(line -> TRACES.stream().anyMatch(line::contains));
        noFileHoldsIt();
    }

    @Test
    void the_password_is_in_no_error_message() throws IOException {
        String backup = named.backup();
        String url = named.url();
        String name = bench.database().name();
        for (String broken : List.of(
                url.replace("/" + name, "/" + name + "x"),
                url.replace(ENCODED, ENCODED + "x"),
                url.replaceFirst(":\\d+/", ":1/"),
                url.replaceFirst(":\\d+/", ":notaport/"),
                url.replaceFirst("127.0.0.1|localhost", "no-such-host.invalid"),
                url + "?sslmode=nonsense",
                url + "?sslmode=verify-full",
                url + "?strange=parameter&channel_binding=require",
                url.replace(ENCODED, PASSWORD),
                url.replace("postgresql://", "postgresq://"),
                url.replace("postgresql://", "mysql://"))) {
            clean(named.through(broken)
                    .process("backup", "-v", "--log-file", "log")
                    .run());
            if (Campaign.LONG || broken.contains("x@")) {
                clean(named.through(broken)
                        .process("restore", backup, "--yes", "-v", "--json")
                        .run());
            }
        }
        clean(named.process("backup", "-v", "--url", "postgresql://nobody:nothing@127.0.0.1:1/x")
                .run());
        line.cutAfter(100_000);
        clean(named.process("backup", "-v").run());
        Files.writeString(folder.resolve("pgkeep.toml"), "url = \"" + url.replace("\"", "%22") + "\"\nnonsense = 1\n");
        clean(named.process("backup", "-v").run());
        Files.delete(folder.resolve("pgkeep.toml"));
        noFileHoldsIt();
    }

    /** Whoever prints them, in whatever slices, and however they are written there. */
    @Test
    void what_a_guarded_command_prints_of_the_password_is_written_nowhere() throws IOException {
        Path script = Files.writeString(folder.resolve("print"), """
                env
                printf '%s\n' "$PGPASSWORD" "$DATABASE_URL" "$DEPLOY_TOKEN"
                p=$PGPASSWORD
                while [ -n "$p" ]; do rest=${p#?}; printf '%s' "${p%"$rest"}"; sleep 0.05; p=$rest; done; echo
                head -c 8180 /dev/zero | tr '\0' x; printf '%s' "$PGPASSWORD"; head -c 30000 /dev/zero | tr '\0' ' '
                printf '%s' "$PGPASSWORD" >&2
                exit 3
                """);
        Path log = folder.resolve("log");
        Finished finished = named.process("guard", "--log-file", "log", "-v", "--", "sh", script.toString())
                .env("DEPLOY_TOKEN", "Zebra-token-for-deploys")
                .run();
        assertThat(finished.output()).contains("PGPASSWORD=***", "DEPLOY_TOKEN=***", "FLYWAY_PASSWORD=***");
        assertThat(log).content().contains("PGPASSWORD=***", ":***@", "HOME=");
        assertThat(Files.getPosixFilePermissions(log)).hasToString("[OWNER_READ, OWNER_WRITE]");
        clean(finished);
        clean(named.process(
                        "guard",
                        "--log-file",
                        "log",
                        "--json",
                        "--",
                        "echo " + PASSWORD.replaceAll("['\";\\\\ &]", "\\\\$0"))
                .run());
        clean(named.process("guard", "--", "sh", "-c", "exit 1", PASSWORD).run());
        noFileHoldsIt();
    }

    private Finished watched(String... words) {
        try (var running = named.process(words).start()) {
            while (running.handle().isAlive()) {
                look();
                Bench.pause(5);
            }
            return running.end();
        }
    }

    /** What anybody on the machine can see of a process. */
    private void look() {
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' ');
                    if (line.contains("pg_") || line.contains("psql") || line.contains("pgkeep")) {
                        seen.add(line);
                    }
                } catch (IOException ended) {
                    // It was quicker than this look.
                }
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void clean(Finished finished) {
        assertThat(finished.output()).doesNotContain(TRACES).doesNotContain("inside pgkeep");
    }

    private void noFileHoldsIt() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                for (String trace : TRACES) {
                    assertThat(text.contains(trace)).as("%s in %s", trace, file).isFalse();
                }
            }
        }
    }
}
