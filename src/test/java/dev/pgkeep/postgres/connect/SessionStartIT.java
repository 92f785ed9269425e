package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.InProcessPgkeep;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What roles and databases set for the application does not reach a session of ours, from its first statement on. */
@Timeout(120)
final class SessionStartIT {
    private static final List<String> LIMITS =
            List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout");

    @TempDir
    Path folder;

    @EachServerVersion(usuallyEnds = true)
    void limits_of_a_database_and_a_role_are_lifted_with_the_connection(TestServer server) throws SQLException {
        try (TestDatabase database = limited(server)) {
            var connector = new Connector();
            for (int time = 0; time < 2; time++) {
                try (Connection connection = connector.open(database.target(), "pgkeep")) {
                    for (String limit : limits(server)) {
                        assertThat(ask(connection, "SHOW " + limit)).as(limit).isEqualTo("0");
                    }
                }
            }
        }
    }

    @Test
    void a_backup_and_its_restore_go_through_under_limits_of_a_millisecond() {
        try (TestDatabase database = limited(PostgresServers.any())) {
            var pgkeep = InProcessPgkeep.on(database, folder);
            for (String[] words : new String[][] {
                {"backup"},
                {"backup", "--format", "plain"},
                {"restore", "latest", "--yes"},
                {"verify", "--restore"},
                {"status"}
            }) {
                var finished = pgkeep.run(words);
                assertThat(finished.status()).as(finished.output()).isZero();
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void names_are_found_in_pg_catalog_and_as_the_application_finds_them_only_where_that_is_asked_for(TestServer server)
            throws SQLException {
        try (TestDatabase database = server.database()) {
            database.execute("alter database \"" + database.name() + "\" set search_path = public, pg_catalog");
            try (Connection connection = new Connector().open(database.target(), "pgkeep")) {
                assertThat(ask(connection, "SHOW search_path")).isEqualTo("pg_catalog, pg_temp");
                ApplicationPath.use(connection);
                assertThat(ask(connection, "SHOW search_path")).isEqualTo("public, pg_catalog");
            }
        }
    }

    private static TestDatabase limited(TestServer server) {
        TestDatabase database = server.database();
        database.execute("create table t (n int); insert into t values (1)");
        for (String limit : limits(server)) {
            server.execute("alter database \"" + database.name() + "\" set " + limit + " = '1ms'");
        }
        return database;
    }

    private static List<String> limits(TestServer server) {
        return server.major() < 17
                ? LIMITS
                : List.of(LIMITS.get(0), LIMITS.get(1), LIMITS.get(2), LIMITS.get(3), "transaction_timeout");
    }

    private static String ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getString(1);
        }
    }
}
