package dev.pgkeep.operation.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.ContentHash;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PgkeepProcess;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/** A folder with a repository, and pgkeep run there on one database or another. */
record DiffDesk(Path folder) {
    /** In this JVM, without a terminal. */
    Finished pgkeep(TestDatabase database, String... words) {
        return pgkeepOn(database.url(), words);
    }

    Finished pgkeepOn(String url, String... words) {
        return program(url).run(words);
    }

    /** The same in a process of its own. */
    PgkeepProcess process(String url, String... words) {
        return program(url).process(words);
    }

    private InProcessPgkeep program(String url) {
        return InProcessPgkeep.in(folder).env("DATABASE_URL", url).at(Clock.systemDefaultZone());
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
