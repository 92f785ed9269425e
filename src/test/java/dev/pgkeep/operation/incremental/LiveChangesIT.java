package dev.pgkeep.operation.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.postgres.incremental.LineageWriter;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What is asked before a snapshot holds in the session that was asked, and nowhere else. */
final class LiveChangesIT {
    @Test
    void another_server_process_than_the_one_that_was_asked_vouches_for_nothing() throws SQLException {
        try (TestDatabase database = PostgresServers.any().database("live");
                Connection asked = database.connect();
                Connection other = database.connect()) {
            Lineage backup = LineageWriter.in(asked).end(asked);
            LineageCheck check = new LineageCheck(asked);
            assertThat(check.isStillWith(asked)).as("nobody was asked yet").isFalse();
            assertThat(check.against(backup)).isEmpty();
            assertThat(check.isStillWith(asked)).isTrue();
            assertThat(check.isStillWith(other)).isFalse();
        }
    }
}
