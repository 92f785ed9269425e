package dev.pgkeep.scenario;

import dev.pgkeep.cli.CommandLineRunner;
import dev.pgkeep.cli.ProcessContext;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands in this JVM as the superuser of a server, and tells what the server logged meanwhile. */
record Superuser(Path folder, TestDatabase database) {
    /** @param logged lines of the server's log since the command began */
    record Ran(Finished finished, List<String> logged) {
        /** Of them, those that say that something was called. */
        List<String> calls(String sign) {
            return logged.stream()
                    .filter(line -> line.contains(sign))
                    .distinct()
                    .toList();
        }
    }

    Ran runs(String... words) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", PostgresClients.environment().getOrDefault("PATH", ""));
        environment.put("HOME", folder.toString());
        environment.put("DATABASE_URL", database.url());
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        long before = log().length();
        var surroundings = new ProcessContext(
                environment,
                folder,
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                false,
                Clock.systemDefaultZone(),
                "pgkeep");
        ExitStatus status = new CommandLineRunner(surroundings, new Cancellation()).run(List.of(words));
        var finished = new Finished(
                status.number(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        return new Ran(finished, log().substring((int) before).lines().toList());
    }

    /** The server writes messages in whatever encoding the database has. */
    String log() {
        try {
            return new String(Files.readAllBytes(database.server().cluster().log()), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
