package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.Bench;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes where: one document, warnings only, no escape codes; and questions that are not answered with yes. */
final class OutputIT {
    private static final String ESCAPE = "\u001b[";

    @TempDir
    Path folder;

    private Bench bench;

    @BeforeEach
    void open() {
        bench = Bench.in(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @LongForm
    @Test
    void json_is_one_document_whether_it_goes_well_or_not() {
        assertThat(document(bench.fails(2, "restore", "latest", "--yes", "--json")))
                .containsKey("error");
        Map<String, Object> manifest = document(bench.run("backup", "--json"));
        String name = String.valueOf(manifest.get("name"));
        assertThat(bench.names()).containsExactly(name);
        assertThat(document(bench.run("list", "--json"))).containsKey("backups");
        assertThat(document(bench.run("show", name, "--json"))).isNotEmpty();
        assertThat(document(bench.run("verify", "--json"))).containsEntry("good", true);
        assertThat(document(bench.run("verify", "--restore", "--json"))).containsEntry("good", true);
        assertThat(document(bench.run("restore", name, "--yes", "--json"))).isNotEmpty();
        assertThat(document(bench.run("undo", "--yes", "--json"))).isNotEmpty();
        assertThat(document(bench.fails(4, "restore", name, "--json"))).containsKey("error");
        assertThat(document(bench.fails(2, "restore", "--nonsense", "--json"))).containsKey("error");
        assertThat(document(bench.fails(2, "nonsense", "--json"))).containsKey("error");
        assertThat(document(bench.run("restore", name, "--dry-run", "--json"))).isNotEmpty();
        assertThat(document(bench.run("backup", "--dry-run", "--json"))).isNotEmpty();
        assertThat(document(bench.through(bench.url() + "x").fails(5, "backup", "--json")))
                .containsKey("error");
    }

    @LongForm
    @Test
    void several_backups_are_one_document_too() throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), """
                [profile.good]
                url = "%1$s"
                [profile.bad]
                url = "%1$sx"
                """.formatted(bench.url()));
        Finished finished = bench.process("backup", "--all", "--json")
                .env("DATABASE_URL", null)
                .run();
        assertThat(finished.status()).as(finished.output()).isEqualTo(5);
        assertThat(document(finished)).containsKey("backups");
        assertThat(bench.names()).hasSize(1);
    }

    @Test
    void quiet_prints_nothing_when_all_is_well() {
        Finished backup = bench.run("backup", "-q");
        assertThat(backup.output()).isEmpty();
        assertThat(bench.fails(2, "restore", "nothing", "-q").stderr()).startsWith("error: ");
    }

    @Test
    void in_a_pipe_there_are_no_escape_codes_and_on_a_terminal_only_where_colours_are_wanted() {
        assertThat(bench.process("backup").run().output())
                .doesNotContain("\u001b")
                .contains("Dumping");
        assertThat(bench.process("restore", "nothing").run().output())
                .contains("no backup")
                .doesNotContain("\u001b");
        assertThat(bench.process("list").onTerminal().run().output()).contains(ESCAPE);
        String plain =
                bench.process("backup").onTerminal().env("NO_COLOR", "1").run().output();
        assertThat(plain.replace("\r" + ESCAPE + "2K", "")).doesNotContain(ESCAPE);
        assertThat(bench.process("list", "--no-color").onTerminal().run().output())
                .doesNotContain(ESCAPE);
    }

    @Test
    void without_a_terminal_and_without_yes_nothing_is_restored() {
        String backup = bench.backup();
        var before = bench.content();
        assertThat(Bench.failed(4, bench.process("restore", backup).run()).stderr())
                .contains("--yes");
        Bench.failed(4, bench.process("restore", backup).run("yes\n"));
        assertThat(bench.names()).containsExactly(backup);
        assertThat(bench.content()).isEqualTo(before);
    }

    @Test
    void on_a_terminal_only_the_word_in_full_restores() {
        String backup = bench.backup();
        bench.database().execute("delete from orders");
        for (String answer : new String[] {"q", "", "y", "no"}) {
            Finished refused = typed(answer, "restore", backup);
            assertThat(refused.status()).as(refused.output()).isEqualTo(4);
            assertThat(refused.output()).contains("nothing was changed");
            assertThat(bench.database().count("orders")).isZero();
        }
        assertThat(bench.names()).containsExactly(backup);
        Finished done = typed("yes", "restore", backup);
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(bench.database().count("orders")).isEqualTo(20_000);
        Finished menu = bench.process("restore").onTerminal().run("q\n");
        assertThat(menu.status()).as(menu.output()).isEqualTo(4);
        bench.nothingIsLeft();
    }

    @LongForm
    @Test
    void a_protected_database_wants_its_name_and_a_terminal() throws IOException {
        String backup = bench.backup();
        Files.writeString(folder.resolve("pgkeep.toml"), "protected = true\n");
        bench.database().execute("delete from orders");
        assertThat(bench.fails(4, "restore", backup, "--yes").stderr()).contains("protected");
        Finished refused = typed("yes", "restore", backup, "--yes");
        assertThat(refused.status()).as(refused.output()).isEqualTo(4);
        assertThat(bench.database().count("orders")).isZero();
        Finished done = typed(bench.database().name(), "restore", backup);
        assertThat(done.status()).as(done.output()).isZero();
        assertThat(bench.database().count("orders")).isEqualTo(20_000);
        bench.run("restore", backup, "--yes", "--allow-protected");
        bench.nothingIsLeft();
    }

    @Test
    void timings_are_told_where_they_are_asked_for_and_only_there() {
        Finished told = bench.run("backup", "--timings");
        assertThat(told.stdout()).doesNotContain("share", "definitions");
        assertThat(told.stderr())
                .containsPattern("phase +seconds +cpu +share\n")
                .contains("\nconnect ", "\ncatalog ", "\nsnapshot ", "\ndefinitions ", "\nrows ", "\nread back ")
                .contains("\nto the disk ", "\nfinish ", "\nretention ", "\nrest ", "\ntotal ", "\npgkeep ");
        String table = told.stderr().substring(told.stderr().indexOf("phase "));
        assertThat(table)
                .contains("PostgreSQL ")
                .doesNotContain(bench.database().name(), folder.toString(), "@");
        assertThat(phases(bench.run("backup", "--json", "--timings")))
                .contains("connect", "catalog", "definitions", "rows", "read back", "finish");
        assertThat(bench.run("verify", "--timings").stderr()).contains("\nmetadata ", "\nread ", "\nmark ");
        assertThat(phases(bench.run("diff", "latest", "--no-schema", "--json", "--timings")))
                .contains("connect", "tables", "rows", "rest");
        assertThat(bench.run("list", "--timings", "-q").stderr()).contains("\ntotal ");
        assertThat(bench.run("backup", "--json").output()).doesNotContain("\"timings\"", "share");
    }

    @SuppressWarnings("unchecked")
    private static List<Object> phases(Finished finished) {
        assertThat(finished.stderr()).doesNotContain("share");
        var timings =
                (Map<String, Object>) Objects.requireNonNull(document(finished).get("timings"));
        assertThat(timings).containsKeys("seconds", "ranOn");
        var phases = (List<Map<String, Object>>) Objects.requireNonNull(timings.get("phases"));
        return phases.stream().map(phase -> phase.get("name")).toList();
    }

    private Finished typed(String answer, String... words) {
        try (var running = bench.process(words).onTerminal().start()) {
            running.waitFor("Type ");
            running.type(answer + "\n");
            return running.end();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> document(Finished finished) {
        assertThat(finished.stdout().strip())
                .as(finished.output())
                .startsWith("{")
                .endsWith("}");
        return Jsonb.builder().build().type(Map.class).fromJson(finished.stdout());
    }
}
