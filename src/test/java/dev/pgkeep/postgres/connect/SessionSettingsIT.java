package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The list of settings is whole, it is documented, and every session has them. */
final class SessionSettingsIT {
    private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.]+)(\\*?)`");

    @EachServerVersion
    void every_setting_that_a_role_can_have_is_set_or_said_to_be_left(TestServer server) {
        List<String> names = server.databaseToBe("postgres")
                .column("select name from pg_settings where context in ('user', 'superuser', 'backend',"
                        + " 'superuser-backend') and name not like '%.%' order by 1");
        assertThat(names).contains("DateStyle", "work_mem");
        Documented documented = documented();
        assertThat(names.stream().filter(each -> !documented.contains(each))).isEmpty();
    }

    @EachServerVersion
    void every_session_has_ours_and_the_application_gets_its_own_back(TestServer server) throws SQLException {
        try (TestDatabase database = server.database()) {
            for (String setting : List.of("array_nulls = off", "xmloption = document", "bytea_output = escape")) {
                server.execute("alter database \"" + database.name() + "\" set " + setting);
            }
            server.execute("alter database \"" + database.name() + "\" set session_replication_role = replica");
            try (Connection connection = new Connector().open(database.target(), "pgkeep")) {
                for (var each : SessionSettings.ours(server.major(), true).entrySet()) {
                    assertThat(ask(connection, each.getKey()).replace(", ", ","))
                            .as(each.getKey())
                            .isEqualTo(each.getValue().replace(", ", ","));
                }
                ApplicationPath.use(connection);
                assertThat(ask(connection, "array_nulls")).isEqualTo("off");
                assertThat(ask(connection, "xmloption")).isEqualTo("document");
                assertThat(ask(connection, "bytea_output")).isEqualTo("escape");
                assertThat(ask(connection, "session_replication_role")).isEqualTo("origin");
            }
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void no_session_has_the_server_compile_its_queries(TestServer server) throws SQLException {
        try (TestDatabase database = server.database()) {
            server.execute("alter database \"" + database.name() + "\" set jit = on");
            try (Connection connection = new Connector().open(database.target(), "pgkeep")) {
                assertThat(ask(connection, "jit")).isEqualTo("off");
            }
        }
    }

    private static String ask(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Names, and beginnings of names, in the tables of the documentation. */
    private record Documented(List<String> names, List<String> beginnings) {
        boolean contains(String name) {
            return names.contains(name) || beginnings.stream().anyMatch(name::startsWith);
        }
    }

    private static Documented documented() {
        try {
            String tables = Files.readString(Path.of("docs/settings.md"))
                    .lines()
                    .filter(line -> line.startsWith("| `"))
                    .map(line -> line.split("\\|")[1])
                    .reduce("", String::concat);
            Map<Boolean, List<String>> found = NAME.matcher(tables)
                    .results()
                    .collect(java.util.stream.Collectors.partitioningBy(
                            each -> each.group(2).isEmpty(),
                            java.util.stream.Collectors.mapping(
                                    each -> each.group(1), java.util.stream.Collectors.toList())));
            return new Documented(found.getOrDefault(true, List.of()), found.getOrDefault(false, List.of()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
