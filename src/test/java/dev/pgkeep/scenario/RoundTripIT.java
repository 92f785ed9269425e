package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.PlainRole;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database that holds every type and every kind of object is backed up, destroyed and restored: an archive and a
 * script on one version of the server, one of them on the others; all formats with all compressions on all servers in
 * the long form.
 */
final class RoundTripIT {
    /** The first of them are taken when there is not time for all. */
    private static final List<String> FORMATS = List.of(
            "custom zstd:3",
            "plain gzip:6",
            "tar none",
            "directory zstd:1",
            "plain none",
            "plain zstd:3",
            "custom none",
            "custom gzip:1",
            "custom lz4",
            "directory gzip:1");

    private static final String RUIN = """
            DROP SCHEMA everything CASCADE;
            SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
            CREATE TABLE public.ruin (n int);
            INSERT INTO public.ruin VALUES (1)""";

    @TempDir
    private Path folder;

    static Stream<Arguments> formatsAndServers() {
        List<Integer> all = PostgresServers.versions();
        return matrix(
                2,
                Campaign.LONG
                        ? all
                        : all.stream()
                                .filter(major -> major.equals(all.getFirst())
                                        || major.equals(all.getLast())
                                        || major == PostgresServers.any().major())
                                .toList());
    }

    /** What rights change does not depend on compressions, and little on versions. */
    static Stream<Arguments> archivesAndScripts() {
        List<Integer> all = PostgresServers.versions();
        return matrix(1, Campaign.LONG || all.size() < 2 ? all : List.of(all.getFirst(), all.getLast()));
    }

    private static Stream<Arguments> matrix(int formatsOnMain, List<Integer> versions) {
        int main = PostgresServers.any().major();
        List<Arguments> all = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            int major = versions.get(i);
            List<String> formats = Campaign.LONG
                    ? FORMATS
                    : major == main ? FORMATS.subList(0, Math.min(2, formatsOnMain)) : List.of(FORMATS.get(i % 2));
            formats.forEach(format -> all.add(Arguments.of(format, PostgresServers.version(major))));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("formatsAndServers")
    void everything_a_superuser_made_comes_back_with_owners_and_rights(String format, TestServer server)
            throws SQLException {
        try (var database = server.database("everything")) {
            fill(database, EverythingDatabase.ofSuperuser());
            var bench = Workbench.of(folder, database);
            var before = State.of(database);

            Manifest made = backup(bench, format, server);
            database.execute(RUIN);
            var outcome = bench.restore(made, Wish.of(bench.target()).ownersAndGrants());

            State.of(database).assertSameAs(before);
            assertThat(outcome.comparison().isSame()).isTrue();
            assertThat(outcome.comparison().rows()).isEqualTo(made.rows());
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("archivesAndScripts")
    void everything_a_plain_role_made_comes_back_in_a_new_database(String format, TestServer server)
            throws SQLException {
        try (var database = server.database("plain");
                var role = PlainRole.owning(database, "CREATEDB")) {
            role.fill(EverythingDatabase.ofNormalRole());
            var bench = Workbench.of(folder, role.url());
            var before = State.of(database);

            Manifest made = backup(bench, format, server);
            role.execute(RUIN);
            bench.restore(made);

            State.of(database).assertSameAs(before);
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("archivesAndScripts")
    void everything_comes_back_inside_a_database_that_its_role_may_not_drop(String format, TestServer server)
            throws SQLException {
        try (var database = server.database("inside");
                var role = PlainRole.owning(database, "")) {
            role.fill(EverythingDatabase.ofNormalRole());
            var bench = Workbench.of(folder, role.url());
            var before = State.of(database);

            Manifest made = backup(bench, format, server);
            role.execute(RUIN);
            bench.restore(made);

            State.of(database).assertSameAs(before);
        }
    }

    private static Manifest backup(Workbench bench, String format, TestServer server) {
        assumeTrue(PostgresClients.canDump(server.major()), "no pg_dump for " + server);
        String[] words = format.split(" ");
        return bench.backup(Workbench.of(Format.of(words[0]).orElseThrow(), words[1]));
    }

    private static void fill(TestDatabase database, EverythingDatabase everything) throws SQLException {
        try (var connection = database.connect()) {
            everything.fill(connection);
        }
    }
}
