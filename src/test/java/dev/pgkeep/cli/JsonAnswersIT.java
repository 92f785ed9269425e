package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.PostgresClients;
import dev.pgkeep.testing.PostgresServers;
import dev.pgkeep.testing.TestDatabase;
import io.avaje.jsonb.Jsonb;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes well, too, is one document with {@code --json}: every command, on a database of its own. */
final class JsonAnswersIT {
    /** It starts a server of its own; {@code DemoIT} looks at its document. */
    private static final Set<String> ELSEWHERE = Set.of("demo");

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = PostgresServers.any().database("shop");
        database.execute("""
                create table orders (id int primary key, note text);
                insert into orders select n, 'note ' || n from generate_series(1, 20) n;
                """);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** In an order in which each finds what it needs. */
    private static Map<String, List<String>> lines() {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        lines.put("init", List.of());
        lines.put("trust", List.of());
        lines.put("version", List.of());
        lines.put("completion", List.of());
        lines.put("db", List.of());
        lines.put("backup", List.of("--name", "first"));
        lines.put("doctor", List.of());
        lines.put("list", List.of());
        lines.put("show", List.of("first", "--objects"));
        lines.put("status", List.of());
        lines.put("verify", List.of("first"));
        lines.put("export", List.of("first", "--to", "first.sql"));
        lines.put("pin", List.of("first"));
        lines.put("unpin", List.of("first"));
        lines.put("diff", List.of("first"));
        lines.put("protect", List.of());
        lines.put("unprotect", List.of("--allow-protected"));
        lines.put("cleanup", List.of("--table", "orders", "--where", "id <= 3", "--execute"));
        lines.put("rows list", List.of());
        lines.put("rows restore", List.of("latest", "--execute"));
        lines.put("rows export", List.of("--table", "orders", "--where", "id = 7", "--output", "rows.json"));
        lines.put("migrate", List.of("--always", "--", "true"));
        lines.put("guard", List.of("--", "true"));
        lines.put("restore", List.of("first"));
        lines.put("undo", List.of());
        lines.put("refresh", List.of("--from", "backups", "--backup", "first", "--no-migrate"));
        lines.put("reset", List.of("--no-migrate"));
        lines.put("delete", List.of("first"));
        lines.put("prune", List.of("--keep-last", "1"));
        lines.put("repair", List.of());
        return lines;
    }

    @Test
    void every_command_that_goes_well_answers_with_one_document() {
        Map<String, List<String>> lines = lines();
        assertThat(Commands.ALL.keySet()).allSatisfy(name -> assertThat(lines.containsKey(name) || ELSEWHERE.contains(name))
                .as("how " + name + " goes well")
                .isTrue());
        lines.forEach((name, options) -> {
            List<String> words = new ArrayList<>(List.of(name.split(" ")));
            words.addAll(List.of("--json", "--yes"));
            words.addAll(options);
            assertThat(document(words)).as(name).doesNotContainKey("error");
        });
    }

    @Test
    void what_only_shows_something_is_one_document_too() {
        document(List.of("backup", "--name", "first", "--json"));
        assertThat(document(List.of("db", "--tables", "--json")).toString())
                .contains("tables=[{", "name=orders", "kind=table", "database=" + database.name());
        assertThat(document(List.of("show", "first", "--path", "--json"))).containsKey("backup");
        assertThat(document(List.of("backup", "--dry-run", "--json"))).containsEntry("dryRun", true);
        assertThat(document(List.of("backup", "-o", "name", "--json"))).containsKey("name");
        assertThat(document(List.of("restore", "first", "--dry-run", "--json"))).containsEntry("dryRun", true);
        assertThat(document(List.of("prune", "--keep-last", "1", "--dry-run", "--json")))
                .containsEntry("dryRun", true);
        assertThat(document(List.of("protect", "--dry-run", "--json"))).containsEntry("dryRun", true);
    }

    @Test
    void a_dry_run_for_every_database_is_one_document_too() {
        try (TestDatabase other = PostgresServers.any().database("other")) {
            assertThat(document(List.of("backup", "--all", "--dry-run", "--json")).toString())
                    .contains("database=" + database.name(), "database=" + other.name());
        }
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> document(List<String> words) {
        Finished finished = pgkeep(words);
        String told = String.join(" ", words) + "\n" + finished.output();
        // Two documents, or anything before or after one, are no list of one.
        Object parsed = Jsonb.builder().build().type(Object.class).fromJson("[" + finished.stdout() + "]");
        assertThat(parsed).as(told).asInstanceOf(LIST).hasSize(1);
        return (Map<String, Object>) ((List<?>) parsed).getFirst();
    }

    private Finished pgkeep(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Map<String, String> environment = new HashMap<>(PostgresClients.environment());
        environment.put("PGKEEP_TRUST", "all");
        environment.put("DATABASE_URL", database.url());
        var around = new ProcessContext(
                environment,
                folder,
                folder,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InputStream.nullInputStream(),
                false,
                Clock.systemUTC(),
                "pgkeep");
        int status =
                new CommandLineRunner(around, new Cancellation()).run(words).number();
        return new Finished(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
