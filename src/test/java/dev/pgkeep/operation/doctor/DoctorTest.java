package dev.pgkeep.operation.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.MadeBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ClientTools NO_TOOLS = new ClientTools(List.of(), Optional.empty(), List.of(), List.of());

    @TempDir
    private Path project;

    @Test
    void works_without_a_database_and_says_what_to_set() {
        var check = check("connection", examine(Optional.empty()));
        assertThat(check.state()).isEqualTo(Check.State.WARN);
        assertThat(check.text()).isEqualTo("no database is configured");
        assertThat(check.fix()).contains("DATABASE_URL");
    }

    @Test
    void a_connection_text_that_nobody_understands_is_a_finding() {
        var problem = new PgkeepException(ErrorCode.CONNECTION_INVALID, "no such thing", "write it otherwise");
        var checks = new Doctor(new Connector(), any -> java.util.Optional.empty(), CLOCK)
                .examine(new Examination(
                        Optional.empty(),
                        Optional.of(problem),
                        NO_TOOLS,
                        Optional.empty(),
                        backups(),
                        Optional.empty(),
                        project,
                        List.of(),
                        project.resolve(".pgpass")));
        assertThat(check("connection", checks))
                .isEqualTo(Check.fail("connection", "no such thing", "write it otherwise"));
        assertThat(Doctor.failure(checks).map(PgkeepException::code)).contains(ErrorCode.DOCTOR_FOUND);
    }

    @Test
    void a_server_that_does_not_answer_is_told_with_its_hint_and_the_rest_is_examined() {
        var checks = examine(Optional.of(target("postgresql://app:secret@127.0.0.1:1/shop")));
        var check = check("connection", checks);
        assertThat(check.state()).isEqualTo(Check.State.FAIL);
        assertThat(check.text()).contains("127.0.0.1:1").doesNotContain("secret");
        assertThat(check.fix()).isNotEmpty();
        assertThat(checks).extracting(Check::name).contains("client tools", "repository", "backups");
    }

    @Test
    void missing_client_tools_come_with_the_command_that_installs_them() {
        var check = check("client tools", examine(Optional.empty()));
        assertThat(check.state()).isEqualTo(Check.State.FAIL);
        assertThat(check.fix()).contains("18");
    }

    @Test
    void a_set_without_pg_restore_is_not_enough() throws IOException {
        Files.createFile(
                project.resolve("pg_dump"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        var tools = new ClientTools(
                List.of(new ClientSet(new Version(17, 2), project)), Optional.empty(), List.of(), List.of());
        var check = check("client tools", examine(Optional.empty(), tools, Optional.empty()));
        assertThat(check.text()).isEqualTo("pg_restore is missing in " + project);
    }

    @Test
    void client_programs_with_known_holes_are_named_with_what_mends_them_and_others_are_not() {
        var tools = new ClientTools(
                List.of(
                        new ClientSet(new Version(18, 7), Path.of("/pg/18")),
                        new ClientSet(new Version(15, 18), Path.of("/pg/15"))),
                Optional.empty(),
                List.of(),
                List.of());
        var checks = examine(Optional.empty(), tools, Optional.empty());
        assertThat(checks)
                .filteredOn(check -> check.name().equals("known holes"))
                .hasSize(1);
        var check = check("known holes", checks);
        assertThat(check.state()).isEqualTo(Check.State.WARN);
        assertThat(check.text())
                .startsWith("15.18 in /pg/15: pg_restore: an archive can be crafted")
                .contains("CVE-2026-116314")
                .contains("psql: a script can run");
        assertThat(check.fix()).contains("update it to 15.20 or later").contains("15");
    }

    @Test
    void no_backup_fails_and_says_how_to_make_one() {
        assertThat(check("backups", examine(Optional.empty())))
                .isEqualTo(Check.fail("backups", "there is no backup yet", "pgkeep backup"));
        assertThat(check("repository", examine(Optional.empty())).text())
                .isEqualTo(backups() + " will be created by the first backup");
        assertThat(backups()).doesNotExist();
    }

    @Test
    void good_and_proven_backups_of_a_schedule_are_all_well() {
        var repository = Repository.open(backups(), CLOCK);
        MadeBackup.of("shop", NOW.minus(Duration.ofHours(5)))
                .kind("daily")
                .checked()
                .proven()
                .storeIn(repository);
        var checks = examine(Optional.empty());
        assertThat(check("backups", checks).text()).isEqualTo("the newest good backup of shop is 5 h old");
        assertThat(checks)
                .filteredOn(check ->
                        List.of("repository", "backups", "proof", "schedule").contains(check.name()))
                .hasSize(4)
                .allMatch(check -> check.state() == Check.State.OK);
    }

    @Test
    void old_unproven_unscheduled_and_damaged_backups_are_findings() {
        var repository = Repository.open(backups(), CLOCK);
        MadeBackup.of("shop", NOW.minus(Duration.ofDays(9))).checked().storeIn(repository);
        String bad =
                MadeBackup.of("shop", NOW.minus(Duration.ofDays(10))).damaged().storeIn(repository);
        var checks = examine(Optional.empty());
        assertThat(check("backups", checks).state()).isEqualTo(Check.State.WARN);
        assertThat(check("proof", checks).fix()).isEqualTo("pgkeep verify --restore");
        assertThat(check("schedule", checks).fix()).contains("pgkeep init");
        assertThat(check("damaged", checks).text()).isEqualTo("1 backup is damaged: " + bad);
        var aged = examine(Optional.empty(), NO_TOOLS, Optional.of(Duration.ofHours(26)));
        assertThat(check("backups", aged).state()).isEqualTo(Check.State.FAIL);
    }

    @Test
    void a_repository_of_a_newer_pgkeep_is_a_finding() throws IOException {
        Files.createDirectories(backups());
        Files.writeString(
                backups().resolve("pgkeep.json"), "{\"format\": \"pgkeep-repository\", \"version\": 9, \"id\": \"x\"}");
        assertThat(check("repository", examine(Optional.empty())).state()).isEqualTo(Check.State.FAIL);
    }

    @Test
    void what_an_interrupted_run_left_is_named() throws IOException {
        Repository.open(backups(), CLOCK);
        Path work = Files.createDirectories(backups().resolve("work/shop_2026-11-19_030000"));
        Files.createFile(work.resolve("lock"));
        assertThat(check("interrupted runs", examine(Optional.empty())).text())
                .isEqualTo("unfinished in the repository: shop_2026-11-19_030000");
    }

    @Test
    void programs_that_nobody_has_allowed_are_one_finding_among_the_others() {
        var problem = new PgkeepException(ErrorCode.CONFIG_UNTRUSTED, "names a program", "pgkeep trust");
        var checks = new Doctor(new Connector(), any -> java.util.Optional.empty(), CLOCK)
                .examine(new Examination(
                        Optional.empty(),
                        Optional.empty(),
                        NO_TOOLS,
                        Optional.of(problem),
                        backups(),
                        Optional.empty(),
                        project,
                        List.of(),
                        project.resolve(".pgpass")));
        assertThat(check("trust", checks)).isEqualTo(Check.fail("trust", "names a program", "pgkeep trust"));
        assertThat(checks).extracting(Check::name).contains("connection");
    }

    @Test
    void a_backup_folder_that_git_would_commit_is_a_finding_until_it_is_ignored() throws Exception {
        git("init", "-q");
        var check = check("git", examine(Optional.empty()));
        assertThat(check.state()).isEqualTo(Check.State.WARN);
        assertThat(check.fix()).contains("echo /backups/ >> " + project.resolve(".gitignore"));
        Files.writeString(project.resolve(".gitignore"), "backups/\n");
        assertThat(check("git", examine(Optional.empty())).state()).isEqualTo(Check.State.OK);
    }

    @Test
    void passwords_that_are_in_git_are_a_finding_and_are_not_repeated() throws Exception {
        git("init", "-q");
        Files.writeString(project.resolve(".env"), "DATABASE_URL=postgresql://app:s3cret@db/shop\n");
        Files.writeString(project.resolve("pgkeep.toml"), "url = \"postgresql://app:${PASSWORD}@db/shop\"\n");
        assertThat(examine(Optional.empty())).extracting(Check::name).doesNotContain("secrets");
        git("add", ".env", "pgkeep.toml");
        var checks = examine(Optional.empty());
        assertThat(checks).filteredOn(check -> check.name().equals("secrets")).hasSize(1);
        assertThat(check("secrets", checks).text()).contains(".env is in git").doesNotContain("s3cret");
        Files.writeString(project.resolve("pgkeep.toml"), "url = \"postgresql://app:s3cret@db/shop\"\n");
        assertThat(examine(Optional.empty()))
                .filteredOn(check -> check.name().equals("secrets"))
                .hasSize(2);
    }

    @Test
    void a_password_file_that_others_can_read_is_a_finding() throws IOException {
        Path file = project.resolve(".pgpass");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        assertThat(check("password file", examine(Optional.empty())).fix()).isEqualTo("chmod 600 " + file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(check("password file", examine(Optional.empty())).state()).isEqualTo(Check.State.OK);
    }

    private List<Check> examine(Optional<Target> target) {
        return examine(target, NO_TOOLS, Optional.empty());
    }

    private List<Check> examine(Optional<Target> target, ClientTools tools, Optional<Duration> maxAge) {
        return new Doctor(new Connector(), any -> java.util.Optional.empty(), CLOCK)
                .examine(new Examination(
                        target,
                        Optional.empty(),
                        tools,
                        Optional.empty(),
                        backups(),
                        maxAge,
                        project,
                        List.of(project.resolve(".env"), project.resolve("pgkeep.toml")),
                        project.resolve(".pgpass")));
    }

    private Path backups() {
        return project.resolve("backups");
    }

    private static Target target(String url) {
        return TargetReader.read(url, Map.of(), Path.of("no-home"), "test").target();
    }

    private static Check check(String name, List<Check> checks) {
        return checks.stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + checks));
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git", "-C", project.toString()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException noGit) {
            assumeThat(false).as("git is installed").isTrue();
            return;
        }
        assertThat(process.waitFor()).isZero();
    }
}
