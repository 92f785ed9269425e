package dev.pgkeep.scenario;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

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
        long before = log().length();
        var finished = InProcessPgkeep.on(database, folder)
                .env("PGKEEP_TRUST", null)
                .at(Clock.systemDefaultZone())
                .run(words);
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
