package dev.pgkeep.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.InProcessPgkeep;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * With {@code --json} stdout is one document, whatever the command and however it ends. What is tried comes from the
 * parser's own model, so that no command and no option is forgotten; there is a repository, and no server.
 */
final class JsonAnswersTest {
    private static final Path WHOLE = Path.of("src/test/resources/dev/pgkeep/repository/damaged/whole");
    private static final String NOBODY = "postgresql://nobody@127.0.0.1:9/shop";

    /** What some commands are given where they want a word; the others get the name of a backup. */
    private static final Map<String, String> WORDS = Map.of("delete", "earlier", "guard", "true");

    @TempDir
    Path folder;

    static Stream<String> commands() {
        return Commands.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_answers_with_one_document_whatever_its_options(String name) throws IOException {
        for (List<String> options : optionsOf(name)) {
            copy(folder.resolve("backups"));
            answers(line(name, options));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void an_option_that_there_is_not_is_one_document_too(String name) {
        Finished finished = answers(line(name, List.of("--nonsense")));
        assertThat(finished.status()).isEqualTo(2);
        assertThat(finished.stdout()).contains("\"error\"", "\"usage\"");
    }

    @Test
    void a_pin_says_which_backups_it_is_about() throws IOException {
        copy(folder.resolve("backups"));
        assertThat(answers(List.of("pin", "newest", "earlier", "--json")).stdout())
                .contains("\"newest\"", "\"earlier\"", "\"pinned\": true");
        assertThat(answers(List.of("unpin", "newest", "--json")).stdout()).contains("\"newest\"", "\"pinned\": false");
    }

    @Test
    void a_deletion_says_what_is_gone_and_what_it_freed() throws IOException {
        copy(folder.resolve("backups"));
        assertThat(answers(List.of("delete", "earlier", "--yes", "--json")).stdout())
                .contains("\"deleted\"", "\"earlier\"", "\"bytes\"");
        assertThat(answers(List.of("delete", "earlier", "--yes", "--json")).stdout())
                .contains("\"backup.not-found\"");
    }

    /** The minimum, and each of its own options; the general ones are the same everywhere. */
    private static List<List<String>> optionsOf(String name) {
        CommandSpec spec = spec(name);
        List<List<String>> all = new ArrayList<>();
        if (!name.equals("demo")) {
            all.add(List.of());
        }
        spec.options().stream()
                .filter(option ->
                        !requireNonNull(spec.mixins().get("global")).options().contains(option))
                .forEach(option -> all.add(words(option)));
        return all;
    }

    private static List<String> words(OptionSpec option) {
        boolean takesValue = option.arity().max() > 0;
        return takesValue ? List.of(option.longestName(), "1") : List.of(option.longestName());
    }

    private static List<String> line(String name, List<String> options) {
        List<String> words = new ArrayList<>(List.of(name.split(" ")));
        words.addAll(options);
        words.addAll(List.of("--json", "--yes"));
        CommandSpec spec = spec(name);
        if (spec.positionalParameters().stream().anyMatch(each -> each.arity().min() > 0) || WORDS.containsKey(name)) {
            words.addAll(List.of("--", WORDS.getOrDefault(name, "newest")));
        }
        return words;
    }

    private static CommandSpec spec(String name) {
        return Help.parser(name, requireNonNull(Commands.ALL.get(name)).action().get())
                .getCommandSpec();
    }

    private Finished answers(List<String> words) {
        Finished finished = pgkeep(words);
        Object parsed;
        try {
            // Two documents, or anything before or after one, are no list of one.
            parsed = Jsonb.builder().build().type(Object.class).fromJson("[" + finished.stdout() + "]");
        } catch (RuntimeException e) {
            throw new AssertionError(String.join(" ", words) + "\n" + finished.output(), e);
        }
        assertThat(parsed)
                .as(String.join(" ", words) + "\n" + finished.output())
                .asInstanceOf(LIST)
                .hasSize(1)
                .first()
                .isInstanceOf(Map.class);
        return finished;
    }

    private static void copy(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(WHOLE)) {
            for (Path each : tree.toList()) {
                Path to = root.resolve(WHOLE.relativize(each).toString());
                if (!Files.exists(to)) {
                    Files.copy(each, to);
                }
            }
        }
    }

    private Finished pgkeep(List<String> words) {
        Map<String, String> environment =
                Map.of("BACKUP_DIR", folder.resolve("backups").toString(), "DATABASE_URL", NOBODY);
        return InProcessPgkeep.in(folder).environment(environment).run(words.toArray(String[]::new));
    }
}
