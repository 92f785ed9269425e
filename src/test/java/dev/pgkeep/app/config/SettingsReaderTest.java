package dev.pgkeep.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {
    @TempDir
    Path root;

    private Path project = Path.of("/");

    @BeforeEach
    void makeProject() throws IOException {
        project = Files.createDirectories(root.resolve("project"));
    }

    private Settings read(Map<String, String> environment, Map<String, String> flags) {
        return SettingsReader.read(new Sources(environment, project, root.resolve("home"), flags, Trust.everything()));
    }

    private Settings read() {
        return read(Map.of(), Map.of());
    }

    private void toml(String text) throws IOException {
        Files.writeString(project.resolve("pgkeep.toml"), text);
    }

    private void env(String text) throws IOException {
        Files.writeString(project.resolve(".env"), text);
    }

    private static String problems(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var told = new String[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(PgkeepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
            told[0] = failure.getMessage();
        });
        return told[0];
    }

    private static ConnectionText connection(String text, String origin) {
        return new ConnectionText(text, origin);
    }

    @Test
    void everything_has_a_default() {
        Settings settings = read();
        assertThat(settings.connection()).isEmpty();
        assertThat(settings.repository()).isEqualTo(project.resolve("backups"));
        assertThat(settings.backups().formats()).containsExactly(Format.CHUNKED);
        assertThat(settings.backups().nameTemplate()).isEqualTo("{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]");
        assertThat(settings.backups().locks()).isEqualTo(new Settings.Locks(Duration.ofSeconds(2), 10));
        assertThat(settings.retention().isSet()).isFalse();
        assertThat(settings.safety()).isEqualTo(new Settings.Safety(false, false, Duration.ofHours(24)));
        assertThat(settings.origins()).isEmpty();
    }

    @Test
    void without_a_connection_the_hint_names_every_way_to_give_one() {
        assertThatThrownBy(() -> read().requireConnection()).isInstanceOfSatisfying(PgkeepException.class, failure -> {
            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION_UNKNOWN);
            assertThat(failure.hint()).contains("DATABASE_URL", ".env", "--url", "pgkeep demo");
        });
    }

    @Test
    void a_flag_beats_the_environment_the_environment_the_file_and_the_file_an_env_file() throws IOException {
        env("PGKEEP_JOBS=1\nDATABASE_URL=postgres://dotenv/db\n");
        assertThat(read().backups().jobs()).hasValue(1);
        assertThat(read().connection()).contains(connection("postgres://dotenv/db", "DATABASE_URL in .env"));
        toml("jobs = 2\nurl = 'postgres://file/db'\n");
        assertThat(read().backups().jobs()).hasValue(2);
        assertThat(read().connection()).contains(connection("postgres://file/db", "url in pgkeep.toml"));
        var environment = Map.of("PGKEEP_JOBS", "3", "DATABASE_URL", "postgres://environment/db");
        assertThat(read(environment, Map.of()).backups().jobs()).hasValue(3);
        assertThat(read(environment, Map.of()).connection())
                .contains(connection("postgres://environment/db", "DATABASE_URL in the environment"));
        var flags = Map.of("jobs", "4", "url", "postgres://flag/db");
        assertThat(read(environment, flags).backups().jobs()).hasValue(4);
        assertThat(read(environment, flags).connection()).contains(connection("postgres://flag/db", "--url"));
    }

    @Test
    void a_direct_url_is_preferred_unless_told_otherwise() throws IOException {
        env("DATABASE_URL=postgres://pooled/db\nDIRECT_URL=postgres://direct/db\n");
        assertThat(read().connection()).contains(connection("postgres://direct/db", "DIRECT_URL in .env"));
        assertThat(read(Map.of(), Map.of("use-direct-url", "false")).connection())
                .contains(connection("postgres://pooled/db", "DATABASE_URL in .env"));
        toml("use-direct-url = false");
        assertThat(read().connection().orElseThrow().origin()).isEqualTo("DATABASE_URL in .env");
    }

    @Test
    void a_direct_url_left_in_an_env_file_does_not_replace_the_url_of_the_environment() throws IOException {
        env("DIRECT_URL=postgres://left-behind/db\n");
        assertThat(read(Map.of("DATABASE_URL", "postgres://meant/db"), Map.of()).connection())
                .contains(connection("postgres://meant/db", "DATABASE_URL in the environment"));
    }

    @Test
    void an_empty_variable_is_not_set() throws IOException {
        env("DATABASE_URL=postgres://dotenv/db\nDIRECT_URL=\n");
        assertThat(read(Map.of("DATABASE_URL", ""), Map.of()).connection())
                .contains(connection("postgres://dotenv/db", "DATABASE_URL in .env"));
    }

    @Test
    void the_env_file_of_the_database_package_is_read_after_the_main_one() throws IOException {
        Path folder = Files.createDirectories(project.resolve("packages/database"));
        Files.writeString(folder.resolve(".env"), "DATABASE_URL=postgres://package/db\nBACKUP_DIR=saved\n");
        assertThat(read().connection())
                .contains(connection("postgres://package/db", "DATABASE_URL in packages/database/.env"));
        assertThat(read().repository()).isEqualTo(project.resolve("saved"));
        env("DATABASE_URL=postgres://main/db\n");
        assertThat(read().connection()).contains(connection("postgres://main/db", "DATABASE_URL in .env"));
    }

    @Test
    void the_list_of_env_files_can_be_changed() throws IOException {
        env("DATABASE_URL=postgres://main/db\n");
        Files.writeString(project.resolve(".env.local"), "DATABASE_URL=postgres://local/db\n");
        toml("env-files = ['.env.local', '.env']");
        assertThat(read().connection()).contains(connection("postgres://local/db", "DATABASE_URL in .env.local"));
        assertThat(read(Map.of("PGKEEP_ENV_FILES", ".env"), Map.of()).connection())
                .contains(connection("postgres://main/db", "DATABASE_URL in .env"));
    }

    @Test
    void variables_of_libpq_alone_are_a_connection() throws IOException {
        assertThat(read(Map.of("PGDATABASE", "shop"), Map.of()).connection())
                .contains(connection("", "PG* variables of the environment"));
        env("PGHOST=db\nPGPASSWORD=s3cret\n");
        Settings settings = read(Map.of("PGUSER", "app"), Map.of());
        assertThat(settings.connection()).contains(connection("", "PG* variables of a .env file"));
        assertThat(settings.connections().environment())
                .isEqualTo(Map.of("PGHOST", "db", "PGPASSWORD", "s3cret", "PGUSER", "app"));
    }

    @Test
    void variables_of_an_env_file_do_not_complete_a_connection_from_elsewhere() throws IOException {
        env("PGPORT=6000\nDATABASE_URL=postgres://dotenv/db\n");
        assertThat(read().connections().environment()).containsEntry("PGPORT", "6000");
        assertThat(read(Map.of("DATABASE_URL", "postgres://x/y"), Map.of())
                        .connections()
                        .environment())
                .doesNotContainKey("PGPORT");
    }

    @Test
    void the_file_is_found_from_folders_below_and_paths_in_it_start_beside_it() throws IOException {
        toml("repository = 'saved'\nclient-tools = '~/pg/bin'\n");
        env("DATABASE_URL=postgres://above/db\n");
        Path below = Files.createDirectories(project.resolve("a/b"));
        Settings settings =
                SettingsReader.read(new Sources(Map.of(), below, root.resolve("home"), Map.of(), Trust.everything()));
        assertThat(settings.file()).contains(project.resolve("pgkeep.toml"));
        assertThat(settings.repository()).isEqualTo(project.resolve("saved"));
        assertThat(settings.clientTools()).contains(Entrusted.own(root.resolve("home/pg/bin")));
        assertThat(settings.connection()).contains(connection("postgres://above/db", "DATABASE_URL in ../../.env"));
        assertThat(SettingsReader.read(
                                new Sources(Map.of("BACKUP_DIR", "here"), below, root, Map.of(), Trust.everything()))
                        .repository())
                .isEqualTo(below.resolve("here"));
    }

    @Test
    void everything_in_the_file_is_understood() throws IOException {
        toml("""
                format = ["plain", "custom"]
                compress = "zstd:3"
                jobs = 4
                name = "{database}"
                max-age = "26h"
                protected = true
                migrations_query = "SELECT 1"
                smoke = ["SELECT 1, 2", "SELECT true"]
                lock-timeout = "500ms"
                lock-retries = 3
                [retention]
                keep-last = 10
                older-than = "30d"
                kind = "daily"
                [commands]
                migrate = "npm run migrate"
                after_restore = "npx prisma generate"
                """);
        Settings settings = read();
        assertThat(settings.backups().formats()).containsExactly(Format.PLAIN, Format.CUSTOM);
        assertThat(settings.backups().compression()).hasToString("Optional[zstd:3]");
        assertThat(settings.backups().locks()).isEqualTo(new Settings.Locks(Duration.ofMillis(500), 3));
        assertThat(settings.maxAge()).contains(Duration.ofHours(26));
        assertThat(settings.safety().isProtected()).isTrue();
        assertThat(settings.smoke().allowed()).containsExactly("SELECT 1, 2", "SELECT true");
        assertThat(settings.migrationsQuery()).contains(Entrusted.own("SELECT 1"));
        assertThat(settings.retention().keepLast()).hasValue(10);
        assertThat(settings.retention().olderThan()).contains(Duration.ofDays(30));
        assertThat(settings.retention().kind()).contains("daily");
        assertThat(settings.commands().migrate()).contains(Entrusted.own("npm run migrate"));
        assertThat(settings.commands().afterRestore()).contains(Entrusted.own("npx prisma generate"));
        assertThat(settings.origins()).containsEntry("jobs", "jobs in pgkeep.toml line 3");
    }

    @Test
    void variables_that_people_already_use_are_understood() {
        Settings settings = read(
                Map.of(
                        "BACKUP_DIR", "/srv/backups",
                        "BACKUP_RETENTION_DAYS", "7",
                        "SKIP_BACKUP_PROMPT", "1",
                        "TEST_DATABASE_URL", "postgres://test/db"),
                Map.of());
        assertThat(settings.repository()).isEqualTo(Path.of("/srv/backups"));
        assertThat(settings.retention().olderThan()).contains(Duration.ofDays(7));
        assertThat(settings.safety().skipBackupPrompt()).isTrue();
        assertThat(settings.connections().test())
                .contains(connection("postgres://test/db", "TEST_DATABASE_URL in the environment"));
    }

    @Test
    void the_stronger_source_of_retention_counts() throws IOException {
        toml("[retention]\nolder-than = '30d'\n");
        assertThat(read(Map.of("BACKUP_RETENTION_DAYS", "7"), Map.of())
                        .retention()
                        .olderThan())
                .contains(Duration.ofDays(7));
        assertThat(read(Map.of("BACKUP_RETENTION_DAYS", "0"), Map.of())
                        .retention()
                        .olderThan())
                .isEmpty();
        env("BACKUP_RETENTION_DAYS=7\n");
        assertThat(read().retention().olderThan()).contains(Duration.ofDays(30));
        assertThat(read(Map.of(), Map.of("retention.days", "3")).retention().olderThan())
                .contains(Duration.ofDays(3));
    }

    @Test
    void a_profile_overrides_what_is_said_for_all() throws IOException {
        toml("""
                url = "postgres://common/db"
                jobs = 2
                [retention]
                keep-last = 5
                [profile.production]
                url = "${PROD_URL}"
                protected = true
                [profile.production.retention]
                keep-last = 50
                [profile.ci]
                jobs = 8
                """);
        var environment = Map.of("PROD_URL", "postgres://prod/db", "DATABASE_URL", "postgres://shell/db");
        Settings production = read(environment, Map.of("profile", "production"));
        assertThat(production.connection())
                .contains(connection("postgres://prod/db", "url of profile production in pgkeep.toml"));
        assertThat(production.safety().isProtected()).isTrue();
        assertThat(production.retention().keepLast()).hasValue(50);
        assertThat(production.backups().jobs()).hasValue(2);
        assertThat(production.profile()).contains("production");
        assertThat(production.profiles()).containsExactly("production", "ci");
        assertThat(read(environment, Map.of()).connection().orElseThrow().origin())
                .isEqualTo("DATABASE_URL in the environment");
        assertThat(read(Map.of("PGKEEP_PROFILE", "ci"), Map.of()).backups().jobs())
                .hasValue(8);
    }

    @Test
    void a_default_profile_is_as_strong_as_the_file() throws IOException {
        toml("default-profile = 'dev'\njobs = 1\n[profile.dev]\njobs = 3\n");
        assertThat(read().backups().jobs()).hasValue(3);
        assertThat(read(Map.of("PGKEEP_JOBS", "4"), Map.of()).backups().jobs()).hasValue(4);
    }

    @Test
    void all_problems_are_told_at_once_with_place_and_suggestion() throws IOException {
        toml("""
                formt = "custom"
                jobs = "many"
                lock-timeout = "soon"
                protected = "maybe"
                compress = "zip"
                format = "customm"
                repository = "s3://bucket/x"
                max-age = ["1d"]
                [retention]
                keep-lst = 3
                [retentoin]
                x = 1
                [profile.a]
                jbos = 1
                """);
        assertThat(problems(() -> read(Map.of("PGKEEP_LOCK_RETRIES", "-1"), Map.of("profile", "b")))
                        .lines()
                        .map(String::strip))
                .containsExactlyInAnyOrder(
                        "the configuration has 13 problems:",
                        "pgkeep.toml line 1: unknown key formt; did you mean format?",
                        "pgkeep.toml line 10: unknown key retention.keep-lst; did you mean retention.keep-last?",
                        "pgkeep.toml line 11: unknown table [retentoin]; did you mean retention?",
                        "pgkeep.toml line 14: unknown key jbos; did you mean jobs?",
                        "--profile: there is no profile b; did you mean a?",
                        "repository in pgkeep.toml line 7: must be a folder; places on other machines are not"
                                + " supported yet",
                        "format in pgkeep.toml line 6: unknown format customm; use chunked, plain, custom, tar or directory",
                        "compress in pgkeep.toml line 5: unknown compression; use none, gzip[:1-9], zstd[:1-22] or"
                                + " lz4[:1-12]",
                        "jobs in pgkeep.toml line 2: must be a whole number from 1 to 256",
                        "lock-timeout in pgkeep.toml line 3: must be a span of time such as 90s, 26h, 30d or 2w",
                        "PGKEEP_LOCK_RETRIES in the environment: must be a whole number from 0 to 10000",
                        "protected in pgkeep.toml line 4: must be true or false",
                        "max-age in pgkeep.toml line 8: takes one value, not a list");
    }

    @Test
    void a_broken_file_is_told_by_line_without_what_stands_there() throws IOException {
        toml("jobs = 1\nurl = postgres://app:s3cret@db/shop\n");
        assertThat(problems(this::read))
                .startsWith("pgkeep.toml line 2: not valid TOML")
                .doesNotContain("s3cret");
        toml("url = \"postgres://app:s3cret@db/shop\n");
        assertThat(problems(this::read))
                .startsWith("pgkeep.toml line 1: not valid TOML")
                .doesNotContain("s3cret");
    }

    @Test
    void a_variable_that_is_not_set_is_a_problem_only_where_it_is_needed() throws IOException {
        toml("[profile.production]\nurl = '${PROD_URL}'\n");
        assertThat(read().connection()).isEmpty();
        assertThat(problems(() -> read(Map.of(), Map.of("profile", "production"))))
                .isEqualTo("url of profile production in pgkeep.toml line 2: the variable PROD_URL is not set");
        env("PROD_URL=postgres://prod/db\n");
        assertThat(read(Map.of(), Map.of("profile", "production"))
                        .connection()
                        .orElseThrow()
                        .text())
                .isEqualTo("postgres://prod/db");
    }

    @Test
    void a_mistyped_variable_of_ours_is_noted() {
        assertThat(read(Map.of("PGKEEP_JOB", "4", "PGKEEP_JAVA_HOME", "/x", "PGKEEP_JVM", "1"), Map.of())
                        .notes())
                .containsExactly("the variable PGKEEP_JOB means nothing; did you mean PGKEEP_JOBS?");
    }

    @Test
    void settings_never_print_a_password() throws IOException {
        env("DATABASE_URL=postgres://app:s3cret@db/shop\nTEST_DATABASE_URL=postgres://app:s3cret@db/test\n");
        var environment = Map.of("PGPASSWORD", "s3cret");
        assertThat(read(environment, Map.of()).toString()).doesNotContain("s3cret");
        assertThat(new Sources(environment, project, root, Map.of("url", "s3cret"), Trust.everything()).toString())
                .doesNotContain("s3cret");
    }

    @Test
    void the_commented_file_is_valid_as_it_is_and_with_every_line_in_force() throws IOException {
        toml(SettingsText.commentedFile());
        assertThat(read()).satisfies(settings -> assertThat(settings.origins()).isEmpty());
        toml(SettingsText.commentedFile()
                .lines()
                .map(line -> line.matches("# (\\[.*]|[a-z-]+ = .*)") ? line.substring(2) : line)
                .map(line -> line.replace("default-profile = \"development\"", "default-profile = \"production\""))
                .reduce("", (text, line) -> text + line + "\n"));
        var environment = Map.of(
                "DATABASE_URL", "postgres://a/b",
                "TEST_DATABASE_URL", "postgres://a/c",
                "PRODUCTION_DATABASE_URL", "postgres://p/b",
                "PGKEEP_MASK_SECRET", "s3cret");
        Files.writeString(project.resolve("mask.toml"), "");
        assertThat(read(environment, Map.of()).origins().keySet())
                .containsAll(Keys.ALL.stream()
                        .map(Key::name)
                        .filter(name -> !List.of("default-profile").contains(name))
                        .toList());
    }

    @Test
    void every_key_stands_in_the_table_of_the_documentation() {
        assertThat(SettingsText.table())
                .contains(Keys.ALL.stream().map(key -> "`" + key.name() + "`").toList())
                .contains("`PGKEEP_RETENTION_KEEP_LAST`", "`BACKUP_DIR`");
    }

    @Test
    void the_page_of_the_configuration_has_the_table_of_keys() throws IOException {
        assertThat(Files.readString(Path.of("docs/reference/configuration.md"))).contains(SettingsText.table());
    }
}
