package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.cli.CommandLineRunner;
import dev.pgkeep.cli.ProcessContext;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder with a repository, and pgkeep run there on one database or another. */
record DiffDesk(Path folder) {
    /** In this JVM, without a terminal. */
    Finished pgkeep(TestDatabase database, String... words) {
        return pgkeepOn(database.url(), words);
    }

    Finished pgkeepOn(String url, String... words) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.endsWith("_URL"));
        environment.put("PATH", PostgresClients.environment().getOrDefault("PATH", ""));
        environment.put("PGKEEP_TRUST", "all");
        environment.put("HOME", folder.toString());
        environment.put("DATABASE_URL", url);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
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
        return new Finished(
                status.number(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The same in a process of its own. */
    PgkeepProcess process(String url, String... words) {
        return PgkeepProcess.in(folder)
                .env("DATABASE_URL", url)
                .env("PATH", PostgresClients.environment().getOrDefault("PATH", ""))
                .args(words);
    }

    /** What it prints when it goes well. */
    String run(TestDatabase database, String... words) {
        Finished finished = pgkeep(database, words);
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished.stdout();
    }

    /** Makes a backup; its name. */
    String backup(TestDatabase database) {
        return run(database, "backup", "-o", "name").strip();
    }

    /** Runs a script as psql would: all of it or nothing. */
    static void apply(TestDatabase database, String script) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(script);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + "\n" + script.substring(0, Math.min(4000, script.length())), e);
        }
    }

    /** That both hold the same rows. */
    static void areEqual(TestDatabase one, TestDatabase other, String what) {
        try (var first = one.connect();
                var second = other.connect()) {
            assertThat(ContentHash.differences(ContentHash.of(first), ContentHash.of(second)))
                    .as(what)
                    .isEmpty();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
