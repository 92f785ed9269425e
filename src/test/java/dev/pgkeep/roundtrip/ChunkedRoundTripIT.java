package dev.pgkeep.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.manifest.Format;
import dev.pgkeep.manifest.Manifest;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.verify.Verdict;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** A database that holds every type and every kind of object goes through chunks and back. */
final class ChunkedRoundTripIT {
    private static final String RUIN = """
            DROP SCHEMA everything CASCADE;
            SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
            CREATE TABLE public.ruin (n int);
            INSERT INTO public.ruin VALUES (1)""";

    @TempDir
    private Path folder;

    @EachServerVersion
    void everything_a_superuser_made_comes_back_with_owners_and_rights(TestServer server) throws SQLException {
        try (var database = server.database("everything")) {
            fill(database, EverythingDatabase.ofSuperuser());
            var bench = Workbench.of(folder, database);
            var before = State.of(database);

            Manifest made = backup(bench, server);
            database.execute(RUIN);
            var outcome = bench.restore(made, Wish.of(bench.target()).ownersAndGrants());

            State.of(database).assertSameAs(before);
            assertThat(outcome.comparison().isSame()).isTrue();
            assertThat(outcome.comparison().content()).isTrue();
            assertThat(outcome.comparison().rows()).isEqualTo(made.rows());
        }
    }

    @EachServerVersion
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

    @EachServerVersion
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

    @EachServerVersion
    void everything_is_proven_in_a_scratch_database(TestServer server) throws SQLException {
        try (var database = server.database("proven")) {
            fill(database, EverythingDatabase.ofSuperuser());
            var bench = Workbench.of(folder, database);

            Manifest made = backup(bench, server);

            assertThat(bench.check(made))
                    .extracting(Verdict::state, Verdict::rows)
                    .containsExactly(Verdict.CHECKED, made.rows());
            assertThat(bench.prove(made))
                    .extracting(Verdict::state, Verdict::rows)
                    .containsExactly(Verdict.PROVEN, made.rows());
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
