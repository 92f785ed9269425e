package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that holds no rows is told where it should hold some, and pushes none out that do. */
final class MissingRowsIT {
    @TempDir
    private Path folder;

    private final TestDatabase database = PostgresServers.any().database("missing_rows");
    private InProcessPgkeep pgkeep;

    @BeforeEach
    void open() {
        pgkeep = InProcessPgkeep.on(database, folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void an_empty_database_is_a_warning_with_q_and_in_json() {
        Finished quiet = backup("-q", "--name", "first");
        assertThat(quiet.stderr()).contains("warning: the database is empty");
        assertThat(backup("--json", "--name", "second").stdout()).contains("\"the database is empty: it has no tables");
    }

    @Test
    void rows_that_are_gone_are_a_warning_until_some_are_back_and_the_backups_that_hold_them_stay() {
        database.execute("create table t (id int); insert into t values (1)");
        assertThat(backup("-q", "--name", "full").stderr()).isEmpty();
        database.execute("delete from t");
        for (int i = 1; i < 4; i++) {
            Finished empty = backup("-q", "--name", "empty" + i, "--format", i == 1 ? "chunked" : "custom");
            assertThat(empty.stderr()).contains("this backup holds no rows, while full holds some");
        }
        assertThat(backup("-q", "--schema-only", "--name", "schema").stderr()).isEmpty();
        assertThat(pgkeep.run("prune", "--keep-last", "1", "--yes").status()).isZero();
        assertThat(pgkeep.run("list").stdout()).contains("full", "empty3").doesNotContain("empty1", "empty2");
        assertThat(pgkeep.run("delete", "fu", "--yes").output()).contains("newest good");
        database.execute("insert into t values (2)");
        assertThat(backup("-q", "--name", "again").stderr()).isEmpty();
    }

    private Finished backup(String... options) {
        var words = new ArrayList<>(List.of("backup"));
        words.addAll(List.of(options));
        Finished finished = pgkeep.run(words.toArray(String[]::new));
        assertThat(finished.status()).as(finished.output()).isZero();
        return finished;
    }
}
