package dev.pgkeep.operation.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.app.config.Settings;
import dev.pgkeep.app.config.SettingsReader;
import dev.pgkeep.app.config.SettingsText;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.operation.init.InitPlan.PlannedFile;
import dev.pgkeep.operation.init.InitPlan.Snippet;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitTest {
    /** What people, and attackers, call folders. */
    private static final String ODD = "it's 100% \"mine\" $HOME";

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void an_empty_project() throws IOException {
        folder = Files.createDirectory(temporary.resolve("shop"));
    }

    @Test
    void an_empty_folder_gets_settings_that_change_nothing_and_an_ignored_backup_folder() throws IOException {
        Settings before = settings();
        var plan = plan(false);
        assertThat(plan.files()).extracting(PlannedFile::what).containsExactly("create", "add /backups/");
        assertThat(folder).isEmptyDirectory();
        Init.write(plan);
        assertThat(Files.readString(folder.resolve(".gitignore"))).isEqualTo("/backups/\n");
        Settings after = settings();
        assertThat(after.file()).contains(folder.resolve("pgkeep.toml"));
        assertThat(after.repository()).isEqualTo(before.repository());
        assertThat(after.commands()).isEqualTo(before.commands());
        assertThat(after.notes()).isEmpty();
    }

    @Test
    void commands_that_were_found_are_set_and_read_back_exactly() throws IOException {
        touch("package.json", "{\"prisma\": {\"seed\": \"tsx prisma/seed.ts\"}}");
        touch("pnpm-lock.yaml", "");
        touch("prisma/schema.prisma", "");
        Init.write(plan(false));
        assertThat(settings().commands())
                .isEqualTo(new Settings.Commands(
                        Optional.of(Entrusted.own("pnpm exec prisma migrate deploy")),
                        Optional.of(Entrusted.own("pnpm exec prisma db seed")),
                        Optional.empty(),
                        Optional.of(Entrusted.own("pnpm exec prisma generate"))));
    }

    @Test
    void another_backup_folder_is_written_into_the_settings() {
        for (String place : List.of("var/dumps", ODD)) {
            Init.write(Init.plan(request(folder, folder.resolve(place), true)));
            assertThat(settings().repository()).isEqualTo(folder.resolve(place));
        }
        var outside = Init.plan(request(folder, temporary.resolve("elsewhere"), true));
        assertThat(outside.files())
                .extracting(file -> file.path().getFileName().toString())
                .containsExactly("pgkeep.toml");
        assertThat(outside.notes()).hasSize(1);
    }

    @Test
    void existing_settings_stay_as_they_are() throws IOException {
        touch("pgkeep.toml", "format = \"plain\"\n");
        var plan = plan(false);
        assertThat(plan.notes()).first().asString().contains("--force replaces it and keeps a copy");
        Init.write(plan);
        assertThat(Files.readString(folder.resolve("pgkeep.toml"))).isEqualTo("format = \"plain\"\n");
    }

    @Test
    void with_force_a_copy_is_kept_each_time() throws IOException {
        touch("pgkeep.toml", "first");
        Init.write(plan(true));
        Files.writeString(folder.resolve("pgkeep.toml"), "second");
        Init.write(plan(true));
        assertThat(Files.readString(folder.resolve("pgkeep.toml.old"))).isEqualTo("first");
        assertThat(Files.readString(folder.resolve("pgkeep.toml.old-2"))).isEqualTo("second");
        assertThat(Files.readString(folder.resolve("pgkeep.toml"))).isEqualTo(SettingsText.commentedFile());
    }

    @Test
    void gitignore_keeps_its_lines_and_is_changed_once() throws IOException {
        touch(".gitignore", "node_modules\r\n.env");
        Init.write(plan(false));
        assertThat(Files.readString(folder.resolve(".gitignore"))).isEqualTo("node_modules\r\n.env\r\n/backups/\r\n");
        assertThat(plan(true).notes()).contains(".gitignore has the backup folder already");
        for (String line : List.of("backups", "backups/", "/backups", "/backups/*")) {
            touch(".gitignore", line + "\n");
            assertThat(plan(true).files()).as(line).hasSize(1);
        }
    }

    @Test
    void the_scripts_of_package_json_are_json() {
        var scripts = (Map<?, ?>) Jsonb.builder()
                .build()
                .type(Object.class)
                .fromJson("{" + snippet("package.json", folder).text() + "}");
        assertThat(scripts.get("db:backup")).isEqualTo("pgkeep backup");
        assertThat(scripts.get("db:migrate:safe")).isEqualTo("pgkeep migrate");
        assertThat(scripts.values()).allMatch(command -> command.toString().startsWith("pgkeep "));
    }

    @Test
    void what_fits_the_project_comes_first() throws IOException {
        assertThat(plan(false).snippets()).first().extracting(Snippet::title).isEqualTo("crontab");
        touch("package.json", "{}");
        assertThat(plan(false).snippets()).first().extracting(Snippet::title).isEqualTo("package.json");
        assertThat(plan(false).snippets())
                .hasSize(8)
                .noneMatch(snippet -> snippet.text().contains("@folder@"));
    }

    @Test
    void the_steps_of_github_actions_and_the_makefile_migrate_with_a_backup() throws IOException {
        touch("alembic.ini", "");
        String steps = snippet("GitHub Actions", folder).text();
        assertThat(steps).contains("run: \"pgkeep migrate\"", "${{ secrets.DATABASE_URL }}", "path: \"backups\"");
        assertThat(snippet("Makefile", folder).text()).contains("db-migrate:\n\tpgkeep migrate\n");
        assertThat(steps.lines()).allMatch(line -> line.matches("(- |  +)[A-Za-z_-]+: ?.*"));
    }

    @Test
    void the_line_of_a_crontab_runs_the_program_in_the_folder_however_they_are_called() throws Exception {
        Path odd = Files.createDirectory(temporary.resolve(ODD));
        Path program = program(odd);
        var text = Init.plan(new InitRequest(
                        odd, odd.resolve("backups"), program.toString(), "root", false, SettingsText::file))
                .snippets()
                .stream()
                .filter(snippet -> snippet.title().equals("crontab"))
                .findFirst()
                .orElseThrow()
                .text();
        List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
        assertThat(lines).hasSize(2).allMatch(line -> line.matches("\\d+ \\d+ \\* \\* [*0] cd .*"));
        // cron takes away the backslash before a percent sign, and ends the command at a bare one.
        assertThat(lines.getFirst().replace("\\%", "")).doesNotContain("%");
        String command = lines.getFirst().split(" ", 6)[5].replace("\\%", "%");
        assertThat(output("/bin/sh", "-c", command)).isEqualTo(odd + " backup daily --yes -q\n");
    }

    @Test
    void systemd_accepts_the_units() throws Exception {
        Path units = Files.createDirectory(temporary.resolve("units"));
        Path odd = Files.createDirectory(temporary.resolve("100% $mine"));
        for (Path place : List.of(folder, odd)) {
            Path program = program(place);
            var plan = Init.plan(new InitRequest(
                    place, place.resolve("backups"), program.toString(), "root", false, SettingsText::file));
            for (String kind : List.of("service", "timer")) {
                Snippet unit = plan.snippets().stream()
                        .filter(snippet -> snippet.title().equals("systemd " + kind))
                        .findFirst()
                        .orElseThrow();
                assertThat(unit.text()).contains("[Unit]\nDescription=");
                Files.writeString(units.resolve(unit.place().replaceAll(".*/|;.*", "")), unit.text());
            }
        }
        assertThat(Files.readString(units.resolve("pgkeep-100-mine.service")))
                .contains("WorkingDirectory=" + temporary + "/100%% $mine\n");
        assumeThat(Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))).isTrue();
        for (String name : List.of("pgkeep-shop", "pgkeep-100-mine")) {
            assertThat(output(
                                    "systemd-analyze",
                                    "verify",
                                    units.resolve(name + ".service").toString(),
                                    units.resolve(name + ".timer").toString())
                            .lines()
                            .filter(line -> line.contains("pgkeep")))
                    .isEmpty();
        }
    }

    @Test
    void node_accepts_what_is_for_pm2() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/node"))).isTrue();
        Path odd = Files.createDirectory(temporary.resolve(ODD));
        Path file = temporary.resolve("pgkeep.config.cjs");
        Files.writeString(file, snippet("PM2", odd).text());
        assertThat(output("/usr/bin/node", "-p", "require(process.argv[1]).apps[0].cwd", file.toString()))
                .isEqualTo(odd + "\n");
    }

    @Test
    void the_task_scheduler_gets_one_line_with_quoted_paths() {
        assertThat(snippet("Windows Task Scheduler", folder).text())
                .startsWith("schtasks /Create /TN \"pgkeep shop\" /SC DAILY /ST 03:17 /TR \"cmd /c cd /d \\\"" + folder)
                .hasLineCount(1);
    }

    private InitPlan plan(boolean force) {
        return Init.plan(request(folder, folder.resolve("backups"), force));
    }

    private static InitRequest request(Path folder, Path repository, boolean force) {
        return new InitRequest(folder, repository, "/opt/pgkeep/pgkeep", "root", force, SettingsText::file);
    }

    private static Snippet snippet(String title, Path folder) {
        return Init.plan(request(folder, folder.resolve("backups"), false)).snippets().stream()
                .filter(snippet -> snippet.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private Settings settings() {
        return SettingsReader.read(new Sources(Map.of(), folder, temporary, Map.of(), Trust.everything()));
    }

    private void touch(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, content);
    }

    private static Path program(Path place) throws IOException {
        Path program = place.resolve("pgkeep");
        Files.writeString(program, "#!/bin/sh\necho \"$PWD $*\"\n");
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
