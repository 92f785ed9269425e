package dev.pgkeep.operation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.testing.Commands;
import dev.pgkeep.testing.EachServerVersion;
import dev.pgkeep.testing.EverythingDatabase;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.State;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What export writes is loaded by PostgreSQL's own programs, and is the database that was backed up. */
final class ExportIT {
    @TempDir
    private Path folder;

    @EachServerVersion(usuallyEnds = true)
    void everything_comes_back_from_a_script_that_psql_alone_loads(TestServer server) throws Exception {
        assumeTrue(PostgresClients.version(server.major()).isPresent(), "no psql for " + server);
        try (var database = server.database("script");
                var copy = server.database("loaded")) {
            fill(database, EverythingDatabase.ofNormalRole());
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));

            ExportResult result = export(bench, made, request(Optional.empty(), folder.resolve("all.sql")));

            assertThat(result.binary()).isEmpty();
            assertThat(result.format()).isEqualTo("plain");
            assertThat(result.rows()).isEqualTo(made.rows());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(result.path())))
                    .isEqualTo("rw-------");
            psql(server, copy, folder, result.path());
            State.of(copy).assertSameAs(State.of(database));
        }
    }

    @EachServerVersion(usuallyEnds = true)
    void a_table_that_cannot_be_printed_makes_a_kit(TestServer server) throws Exception {
        assumeTrue(PostgresClients.version(server.major()).isPresent(), "no psql for " + server);
        try (var database = server.database("kit");
                var copy = server.database("loaded")) {
            fill(database, EverythingDatabase.ofSuperuser());
            assumeTrue(
                    database.ask("select count(*) from pg_available_extensions where name = 'cube'")
                            .equals("1"),
                    "no extension cube");
            database.execute("""
                    create table public."broken
                    name" (id int generated always as identity, "c
                    x" public.cube, twice int generated always as (1 * 2) stored);
                    insert into public."broken
                    name" ("c
                    x") values ('(1,2),(3,4)'), (null)""");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));

            ExportResult result = export(bench, made, request(Optional.empty(), folder.resolve("all.sql")));

            assertThat(result.format()).isEqualTo("kit");
            assertThat(result.binary()).anySatisfy(line -> assertThat(line).contains("cube"));
            assertThat(result.path()).isEqualTo(folder.resolve("all-kit"));
            assertThat(result.rows()).isEqualTo(made.rows());
            assertThat(result.path().resolve("README.txt")).content().contains("--file=restore.sql");
            psql(server, copy, result.path(), Path.of("restore.sql"));
            State.of(copy).assertSameAs(State.of(database));
        }
    }

    @Test
    void archives_are_made_in_a_scratch_database_that_is_gone_afterwards() throws Exception {
        TestServer server = PostgresServers.any();
        try (var database = server.database("archive")) {
            database.execute("create table t as select g as id, 'row ' || g as name from generate_series(1, 5000) g");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            var before = State.of(database);
            for (Format format : List.of(Format.CUSTOM, Format.TAR, Format.DIRECTORY)) {
                ExportResult result =
                        export(bench, made, request(Optional.of(format), folder.resolve("as-" + format.word())));

                assertThat(result.rows()).isEqualTo(5000);
                try (var copy = server.database("loaded")) {
                    var loaded = Commands.run(List.of(
                            program("pg_restore", server),
                            "--exit-on-error",
                            "--dbname=" + copy.url(),
                            result.path().toString()));
                    assertThat(loaded.status()).as(loaded.output()).isZero();
                    State.of(copy).assertSameAs(before);
                }
            }
            assertThat(server.ask("select count(*) from pg_database where datname like '%pgkeep_scratch%'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void portable_backups_are_copied_or_converted() throws Exception {
        TestServer server = PostgresServers.any();
        try (var database = server.database("portable");
                var copy = server.database("loaded")) {
            database.execute("create table t as select g as id from generate_series(1, 500) g");
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CUSTOM, "gzip"));

            ExportResult same = export(bench, made, request(Optional.empty(), folder.resolve("same.dump")));
            ExportResult plain = export(
                    bench,
                    made,
                    new ExportRequest(
                            Optional.of(Format.PLAIN),
                            Compression.of("gzip"),
                            folder.resolve("other.sql.gz"),
                            true,
                            true,
                            false));

            Path stored = bench.stored(made.name()).data().getFirst();
            assertThat(Files.mismatch(same.path(), stored)).isEqualTo(-1);
            bench.restore(plain.path(), Wish.of(copy.target()));
            assertThat(copy.count("t")).isEqualTo(500);
        }
    }

    @Test
    void wide_values_and_a_compressed_script_come_back_and_nothing_is_overwritten() throws Exception {
        TestServer server = PostgresServers.any();
        try (var database = server.database("wide");
                var copy = server.database("loaded")) {
            fill(database, EverythingDatabase.empty().withHugeValue(20_000_000));
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(Workbench.of(Format.CHUNKED, "none"));
            var request = new ExportRequest(
                    Optional.empty(), Compression.of("gzip"), folder.resolve("wide.sql.gz"), true, true, false);

            ExportResult result = export(bench, made, request);

            assertThatThrownBy(() -> export(bench, made, request))
                    .isInstanceOf(PgkeepException.class)
                    .hasMessageContaining("is there already");
            assertThat(Commands.run(List.of("gunzip", result.path().toString())).status())
                    .isZero();
            psql(server, copy, folder, folder.resolve("wide.sql"));
            State.of(copy).assertSameAs(State.of(database));
            assertThat(leftovers()).isEmpty();
        }
    }

    private Set<String> leftovers() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".tmp"))
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    private static ExportRequest request(Optional<Format> format, Path to) {
        return new ExportRequest(format, Optional.empty(), to, true, true, false);
    }

    private static ExportResult export(Workbench bench, Manifest made, ExportRequest request) {
        return bench.pgkeep().export().run(bench.source(made), request, Optional.of(bench.target()));
    }

    private static void psql(TestServer server, TestDatabase database, Path where, Path script) {
        var loaded = Commands.run(
                where,
                List.of(
                        program("psql", server),
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=1",
                        "--dbname=" + database.url(),
                        "--file=" + script));
        assertThat(loaded.status()).as(loaded.output()).isZero();
    }

    private static String program(String name, TestServer server) {
        return PostgresClients.version(server.major())
                .orElseThrow()
                .folder()
                .resolve(name)
                .toString();
    }

    private static void fill(TestDatabase database, EverythingDatabase everything) throws SQLException {
        try (var connection = database.connect()) {
            everything.fill(connection);
        }
    }
}
