package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the backup of a small database costs the server. */
final class SmallBackupIT {
    /** Plan and snapshot, reader, pg_dump; the watch over locks where it takes more than half a second. */
    private static final int SESSIONS = 4;

    @TempDir
    Path folder;

    @Test
    void a_small_database_is_backed_up_in_few_sessions() throws SQLException {
        try (Bench bench = Bench.in(folder);
                Connection watching = bench.database().connect();
                Statement statement = watching.createStatement()) {
            long before = sessions(statement);
            bench.run("backup");
            Bench.eventually("the sessions are counted", () -> sessions(statement) >= before + 3);
            assertThat(sessions(statement) - before).isBetween(3L, (long) SESSIONS);
        }
    }

    private static long sessions(Statement statement) {
        try (ResultSet row =
                statement.executeQuery("select sessions from pg_stat_database where datname = current_database()")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
