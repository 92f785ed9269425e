package dev.pgkeep.operation.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorIT {
    private static final ClientTools TOOLS = ClientTools.find(System.getenv(), Optional.empty());

    @TempDir
    private Path project;

    @EachServerVersion
    void a_superuser_on_a_supported_server_has_nothing_to_fix_on_it(TestServer server) {
        try (var database = server.database("doctor")) {
            var checks = examine(database.target(), Clock.systemUTC());
            assertThat(checks)
                    .filteredOn(check -> List.of(
                                    "connection",
                                    "pooler",
                                    "server",
                                    "rights",
                                    "row security",
                                    "create databases",
                                    "extensions",
                                    "clock",
                                    "leftovers",
                                    "disk")
                            .contains(check.name()))
                    .hasSize(10)
                    .allMatch(check -> check.state() == Check.State.OK);
        }
    }

    @Test
    void a_role_with_few_rights_learns_what_it_lacks() {
        TestServer server = PostgresServers.any();
        String role = server.uniqueName("doctor_role");
        try (var database = server.database("doctor")) {
            database.execute("create role " + role + " login password 'few'");
            database.execute("create table secret (id int); create table mine (id serial, who text);"
                    + " alter table mine enable row level security; grant select on mine to " + role);
            var checks = examine(as(database, role, "few"), Clock.systemUTC());
            assertThat(check("rights", checks).text())
                    .contains("sequence public.mine_id_seq", "public.secret")
                    .contains("so pg_dump fails");
            assertThat(check("rights", checks).fix()).startsWith("GRANT pg_read_all_data TO \"" + role + "\";");
            assertThat(check("row security", checks).text()).contains("public.mine");
            assertThat(check("create databases", checks).state()).isEqualTo(Check.State.WARN);

            database.execute("grant pg_read_all_data to " + role + "; alter role " + role + " bypassrls createdb");
            var fixed = examine(as(database, role, "few"), Clock.systemUTC());
            assertThat(List.of(check("rights", fixed), check("row security", fixed), check("create databases", fixed)))
                    .allMatch(check -> check.state() == Check.State.OK);
        } finally {
            server.execute("drop role if exists " + role);
        }
    }

    @Test
    void a_wrong_password_and_a_missing_database_are_told_apart() {
        TestServer server = PostgresServers.any();
        try (var database = server.database("doctor")) {
            var wrong = check("connection", examine(as(database, "nobody_here", "wrong"), Clock.systemUTC()));
            assertThat(wrong.state()).isEqualTo(Check.State.FAIL);
            var missing = check("connection", examine(database.target().withDatabase("not_there"), Clock.systemUTC()));
            assertThat(missing.text()).contains("not_there").isNotEqualTo(wrong.text());
        }
    }

    @Test
    void a_clock_that_differs_is_noticed_either_way() {
        try (var database = PostgresServers.any().database("doctor")) {
            var slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-5));
            assertThat(check("clock", examine(database.target(), slow)).text()).contains("ahead of this machine's");
            var fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5));
            assertThat(check("clock", examine(database.target(), fast)).text()).contains("behind this machine's");
        }
    }

    @Test
    void a_database_that_an_interrupted_restore_left_is_named() {
        TestServer server = PostgresServers.any();
        try (var database = server.database("doctor");
                var left = server.databaseToBe(database.name() + "_pgkeep_scratch_0badcafe")) {
            server.execute("create database " + left.name());
            var check = check("leftovers", examine(database.target(), Clock.systemUTC()));
            assertThat(check.state()).isEqualTo(Check.State.WARN);
            assertThat(check.fix()).contains("DROP DATABASE \"" + left.name() + "\";");
        }
    }

    private static Target as(TestDatabase database, String role, String password) {
        var endpoint = database.target().endpoints().getFirst();
        String text = "host=" + endpoint.host() + " port=" + endpoint.port() + " dbname=" + database.name() + " user="
                + role + " password=" + password;
        return TargetReader.read(text, Map.of(), Path.of("no-home"), "test").target();
    }

    private List<Check> examine(Target target, Clock clock) {
        return new Doctor(new Connector(), any -> java.util.Optional.empty(), clock)
                .examine(new Examination(
                        Optional.of(target),
                        Optional.empty(),
                        TOOLS,
                        Optional.empty(),
                        project.resolve("backups"),
                        Optional.empty(),
                        project,
                        List.of(),
                        project.resolve(".pgpass")));
    }

    private static Check check(String name, List<Check> checks) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + checks));
    }
}
