package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pgkeep.app.config.SettingsText;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.init.Init;
import dev.pgkeep.operation.init.InitPlan.Snippet;
import dev.pgkeep.operation.init.InitRequest;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitCommandTest {
    /** In shells, in JSON, in quotes of several kinds; not the name of a task or a unit. */
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<!/TN \\\\?\")pgkeep(?:\\\\?[\"'])? ([a-z]+(?: [A-Za-z-]+)*)");

    private static final Pattern IN_ARRAY = Pattern.compile("args: \\[(.*)]");

    @TempDir
    private Path temporary;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void every_command_line_to_paste_is_understood() throws IOException {
        List<List<String>> lines = snippets().stream()
                .flatMap(snippet -> commandLines(snippet.text()))
                .toList();
        assertThat(lines)
                .contains(
                        List.of("backup", "daily", "--yes", "-q"),
                        List.of("verify", "--restore", "--yes", "-q"),
                        List.of("undo"))
                .hasSize(20);
        for (List<String> line : lines) {
            assertThat(Commands.ALL).as(line.toString()).containsKey(line.getFirst());
            Action action = Objects.requireNonNull(Commands.ALL.get(line.getFirst()))
                    .action()
                    .get();
            String[] words = line.subList(1, line.size()).toArray(String[]::new);
            assertThatCode(() -> Help.parser(line.getFirst(), action).parseArgs(words))
                    .as(line.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void it_writes_the_files_and_prints_everything_to_paste() throws IOException {
        Path shop = shop();
        assertThat(init(shop)).isEqualTo(ExitStatus.DONE);
        assertThat(shop.resolve("pgkeep.toml")).exists();
        assertThat(shop.resolve(".gitignore")).content().isEqualTo("/backups/\n");
        assertThat(printed())
                .contains("✓ pgkeep.toml: create", "✓ .gitignore: add /backups/")
                .contains("package.json", "GitHub Actions", "crontab", "systemd timer", "PM2", "Windows Task Scheduler")
                .contains("\n\"db:backup\": \"pgkeep backup\",")
                .contains("'/opt/pgkeep/pgkeep' backup daily --yes -q");
    }

    @Test
    void a_dry_run_writes_nothing() throws IOException {
        Path shop = shop();
        assertThat(init(shop, "--dry-run")).isEqualTo(ExitStatus.DONE);
        assertThat(shop).isEmptyDirectory();
        assertThat(printed()).contains("  pgkeep.toml: create").contains("nothing was written");
    }

    @Test
    void settings_are_replaced_with_force_alone() throws IOException {
        Path shop = shop();
        Files.writeString(shop.resolve("pgkeep.toml"), "format = \"plain\"\n");
        init(shop);
        assertThat(printed()).contains("--force replaces it");
        assertThat(shop.resolve("pgkeep.toml")).content().isEqualTo("format = \"plain\"\n");
        init(shop, "--force");
        assertThat(shop.resolve("pgkeep.toml")).content().startsWith("# Settings of pgkeep");
        assertThat(shop.resolve("pgkeep.toml.old")).content().isEqualTo("format = \"plain\"\n");
        assertThat(printed()).contains("the old one is now pgkeep.toml.old");
    }

    @Test
    void json_is_one_document_with_all_of_it() throws IOException {
        init(shop(), "--json", "--dry-run");
        var json = (Map<?, ?>) Jsonb.builder().build().type(Object.class).fromJson(printed());
        assertThat(json.get("dryRun")).isEqualTo(true);
        assertThat((List<?>) json.get("files")).hasSize(2);
        assertThat((List<?>) json.get("snippets")).hasSize(8);
    }

    private static Stream<List<String>> commandLines(String text) {
        List<List<String>> lines = new ArrayList<>();
        IN_TEXT.matcher(text)
                .results()
                .forEach(match -> lines.add(List.of(match.group(1).split(" "))));
        IN_ARRAY.matcher(text)
                .results()
                .forEach(match ->
                        lines.add(List.of(match.group(1).replace("\"", "").split(", "))));
        return lines.stream();
    }

    private List<Snippet> snippets() throws IOException {
        Path shop = shop();
        return Init.plan(new InitRequest(
                        shop, shop.resolve("backups"), "/opt/pgkeep/pgkeep", "me", false, SettingsText::file))
                .snippets();
    }

    private Path shop() throws IOException {
        return Files.createDirectory(temporary.resolve("shop"));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private ExitStatus init(Path folder, String... options) {
        List<String> words = new ArrayList<>(List.of("init"));
        words.addAll(List.of(options));
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CommandLineRunner(
                        new ProcessContext(
                                Map.of("USER", "me"),
                                folder,
                                temporary,
                                stream,
                                stream,
                                InputStream.nullInputStream(),
                                false,
                                Clock.systemUTC(),
                                "/opt/pgkeep/pgkeep"),
                        new Cancellation())
                .run(words);
    }
}
