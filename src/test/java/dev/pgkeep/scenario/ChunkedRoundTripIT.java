package dev.pgkeep.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.verify.VerifyResult;
import dev.pgkeep.testing.Campaign;
import dev.pgkeep.testing.EachServerVersion;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database that holds every type and every kind of object goes through chunks and back. */
final class ChunkedRoundTripIT {
    private static final String RUIN = """
            DROP SCHEMA everything CASCADE;
            SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
            CREATE TABLE public.ruin (n int);
            INSERT INTO public.ruin VALUES (1)""";

    @TempDir
    private Path folder;

    /** What rights change does not depend on versions between. */
    static Stream<TestServer> oldestAndNewest() {
        List<Integer> versions = PostgresServers.versions().stream()
                .filter(PostgresClients::canDump)
                .toList();
        return (Campaign.LONG
                        ? versions.stream()
                        : Stream.of(versions.getFirst(), versions.getLast()).distinct())
                .map(PostgresServers::version);
    }

    @EachServerVersion(usuallyEnds = true)
    void everything_a_superuser_made_is_proven_and_comes_back_with_owners_and_rights(TestServer server)
            throws SQLException {
        try (var database = server.database("everything")) {
            fill(database, EverythingDatabase.ofSuperuser());
            var bench = Workbench.of(folder, database);
            var before = State.of(database);

            Manifest made = backup(bench, server);
            assertThat(bench.check(made))
                    .extracting(VerifyResult::state, VerifyResult::rows)
                    .containsExactly(VerifyResult.State.CHECKED, made.rows());
            assertThat(bench.prove(made))
                    .extracting(VerifyResult::state, VerifyResult::rows)
                    .containsExactly(VerifyResult.State.PROVEN, made.rows());
            database.execute(RUIN);
            var outcome = bench.restore(
                    made, Wish.of(bench.target()).ownersAndGrants().noSafetyBackup());

            State.of(database).assertSameAs(before);
            assertThat(outcome.comparison().isSame()).isTrue();
            assertThat(outcome.comparison().content()).isTrue();
            assertThat(outcome.comparison().rows()).isEqualTo(made.rows());
        }
    }

    @ParameterizedTest
    @MethodSource("oldestAndNewest")
    void everything_a_plain_role_made_comes_back_in_a_new_database(TestServer server) throws SQLException {
        try (var database = server.database("plain");
                var role = PlainRole.owning(database, "CREATEDB")) {
            role.fill(EverythingDatabase.ofNormalRole());
            var bench = Workbench.of(folder, role.url());
            var before = State.of(database);

            Manifest made = backup(bench, server);
            role.execute(RUIN);
            bench.restore(made);

            State.of(database).assertSameAs(before);
        }
    }

    @ParameterizedTest
    @MethodSource("oldestAndNewest")
    void everything_comes_back_inside_a_database_that_its_role_may_not_drop(TestServer server) throws SQLException {
        try (var database = server.database("inside");
                var role = PlainRole.owning(database, "")) {
            role.fill(EverythingDatabase.ofNormalRole());
            var bench = Workbench.of(folder, role.url());
            var before = State.of(database);

            Manifest made = backup(bench, server);
            role.execute(RUIN);
            bench.restore(made);

            State.of(database).assertSameAs(before);
        }
    }

    private static Manifest backup(Workbench bench, TestServer server) {
        assumeTrue(PostgresClients.canDump(server.major()), "no pg_dump for " + server);
        return bench.backup(Workbench.of(Format.CHUNKED, "none"));
    }

    private static void fill(TestDatabase database, EverythingDatabase everything) throws SQLException {
        try (var connection = database.connect()) {
            everything.fill(connection);
        }
    }
}
