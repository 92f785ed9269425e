package dev.pgkeep.operation.restore.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.backup.BackupRequest;
import dev.pgkeep.operation.backup.Filters;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import dev.pgkeep.testing.TestServer;
import dev.pgkeep.testing.Wish;
import dev.pgkeep.testing.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles travel with {@code --globals}, and leave those that are there already alone. */
final class GlobalsIT {
    private static final String ROLES = "SELECT rolname || ' ' || rolcanlogin || ' ' || rolcreatedb || ' '"
            + " || rolconnlimit || ' ' || coalesce(rolpassword, '-') FROM pg_authid WHERE rolname LIKE 'Glob%' ORDER BY 1";
    private static final String MEMBERS = "SELECT pg_get_userbyid(roleid) || ' ' || pg_get_userbyid(member)"
            + " FROM pg_auth_members WHERE pg_get_userbyid(roleid) LIKE 'Glob%' ORDER BY 1";
    private static final String OWNER_AND_RIGHTS =
            "SELECT pg_get_userbyid(relowner) || ' ' || relacl::text FROM pg_class WHERE relname = 'kept'";

    @TempDir
    private Path folder;

    private final TestServer source = PostgresServers.any();

    @Test
    void roles_with_passwords_memberships_and_what_they_own_arrive_on_another_server() throws IOException {
        source.execute(
                "CREATE ROLE \"Glob it's\" CREATEDB CONNECTION LIMIT 7; CREATE ROLE \"Glob app\" LOGIN PASSWORD 'x y';"
                        + " GRANT \"Glob it's\" TO \"Glob app\"; ALTER ROLE \"Glob app\" SET work_mem = '8MB'");
        try (var cluster = PostgresServers.own(source.major());
                var database = source.database("globals")) {
            database.execute("CREATE TABLE kept AS SELECT 1 AS n; ALTER TABLE kept OWNER TO \"Glob it's\";"
                    + " GRANT SELECT ON kept TO \"Glob app\"");
            var other = new TestServer(source.major(), cluster);
            var bench = Workbench.of(folder, database);
            Manifest made = bench.backup(withGlobals());

            TestDatabase there = other.databaseToBe("globals");
            Wish wish = Wish.to(there.target()).createDb().ownersAndGrants();
            assertThatThrownBy(() -> bench.restore(made, wish)).hasMessageContaining("does not have the roles");

            bench.restore(made, wish.globals());
            assertThat(other.databaseToBe("postgres").column(ROLES)).hasSize(2).isEqualTo(database.column(ROLES));
            assertThat(other.databaseToBe("postgres").column(MEMBERS))
                    .containsExactly("Glob it's Glob app")
                    .isEqualTo(database.column(MEMBERS));
            assertThat(there.ask(OWNER_AND_RIGHTS)).isEqualTo(database.ask(OWNER_AND_RIGHTS));
            assertThat(other.ask("SELECT setconfig::text FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = setrole"
                            + " WHERE rolname = 'Glob app'"))
                    .isEqualTo("{work_mem=8MB}");

            other.execute("ALTER ROLE \"Glob app\" PASSWORD 'changed' CONNECTION LIMIT 3");
            List<String> before = other.databaseToBe("postgres").column(ROLES);
            assertThat(bench.restore(made, wish.dropExisting().globals()).notes())
                    .noneMatch(note -> note.contains("Glob"));
            assertThat(other.databaseToBe("postgres").column(ROLES)).isEqualTo(before);
            theScriptIsPrivate(bench, made);
        } finally {
            source.execute("DROP ROLE \"Glob app\"; DROP ROLE \"Glob it's\"");
        }
    }

    private static void theScriptIsPrivate(Workbench bench, Manifest made) throws IOException {
        var globals = Objects.requireNonNull(made.globals());
        Path file = bench.pgkeep().repository().root().resolve(globals.path());
        assertThat(file).isRegularFile().hasSize(globals.bytes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("CREATE ROLE \"Glob it's\";", "PASSWORD 'SCRAM-SHA-256$");
    }

    private static BackupRequest withGlobals() {
        return new BackupRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                List.of(Format.CUSTOM),
                Optional.empty(),
                Optional.empty(),
                Manifest.Content.ALL,
                Filters.NONE,
                true,
                true,
                false);
    }
}
