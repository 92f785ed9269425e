package dev.pgkeep.repository.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.RowLine;
import dev.pgkeep.format.rows.RowSource;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.Swept;
import dev.pgkeep.repository.inspection.Finding.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of two chunked backups from which something vanishes: what is said, and that nothing else goes. */
final class InspectionTest {
    private static final Path WHOLE = Path.of("src/test/resources/dev/pgkeep/repository/damaged/whole");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path root;
    private Repository repository;

    @BeforeEach
    void open() throws IOException {
        root = folder.resolve("backups");
        try (Stream<Path> tree = Files.walk(WHOLE)) {
            for (Path each : tree.toList()) {
                Files.copy(each, root.resolve(WHOLE.relativize(each).toString()));
            }
        }
        repository = Repository.open(root, CLOCK);
    }

    @Test
    void a_backup_whose_metadata_vanished_is_named_by_its_marks_and_its_chunks_stay_until_it_is_put_back()
            throws IOException {
        byte[] metadata = Files.readAllBytes(root.resolve("newest.json"));
        Files.delete(root.resolve("newest.json"));
        assertThat(found()).containsExactly(Kind.BACKUP_LOST);
        assertThat(look().getFirst().text()).contains("newest.json is missing", "marks name");
        long before = bytes();
        assertThat(sweep().reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("newest", "put it back from a copy", "pgkeep delete newest"));
        assertThat(bytes()).isEqualTo(before);
        Files.write(root.resolve("newest.json"), metadata);
        assertThat(found()).isEmpty();
        assertThat(sweep().reason()).isEmpty();
        assertThat(bytes()).isEqualTo(before);
    }

    @Test
    void one_that_is_let_go_is_no_longer_named_and_its_chunks_go() throws IOException {
        Files.delete(root.resolve("newest.json"));
        StoredBackup lost = repository.lost().getFirst();
        long before = bytes();
        remove("delete", lost);
        assertThat(found()).isEmpty();
        assertThat(root.resolve("marks")).isDirectoryNotContaining("glob:**newest*");
        assertThat(sweep().bytes()).isPositive();
        assertThat(bytes()).isLessThan(before);
    }

    @Test
    void the_history_names_one_that_has_no_marks() throws IOException {
        made("newest", 0);
        try (var marks = Files.newDirectoryStream(root.resolve("marks"), "newest*")) {
            for (Path each : marks) {
                Files.delete(each);
            }
        }
        Files.delete(root.resolve("newest.json"));
        assertThat(repository.lost()).singleElement().satisfies(lost -> {
            assertThat(lost.name()).isEqualTo("newest");
            assertThat(lost.database()).contains("shop");
        });
        assertThat(sweep().reason()).isPresent();
    }

    @Test
    void what_was_removed_is_not_lost_and_what_was_made_again_under_its_name_can_be() throws IOException {
        made("newest", 0);
        byte[] metadata = Files.readAllBytes(root.resolve("newest.json"));
        remove("prune", find("newest"));
        assertThat(found()).isEmpty();
        Files.write(root.resolve("newest.json"), metadata);
        made("newest", 60);
        assertThat(found()).isEmpty();
        Files.delete(root.resolve("newest.json"));
        assertThat(found()).containsExactly(Kind.BACKUP_LOST);
    }

    @Test
    void dumps_of_others_come_and_go_as_they_like() throws IOException {
        Path dump = Files.writeString(root.resolve("other.sql"), "-- PostgreSQL database dump\n");
        repository.mark(new Mark("other", Mark.Type.CHECKED, CLOCK.instant(), Map.of()));
        assertThat(found()).isEmpty();
        Files.delete(dump);
        assertThat(found()).isEmpty();
    }

    @Test
    void a_backup_of_which_only_the_dump_is_left_is_named_too() throws IOException {
        Files.delete(root.resolve("newest.json"));
        Files.writeString(root.resolve("newest.sql"), "-- PostgreSQL database dump\n");
        assertThat(look())
                .singleElement()
                .satisfies(each -> assertThat(each.text()).contains("newest.sql is all that is left of newest"));
    }

    @Test
    void documents_of_rows_that_were_cut_are_named_at_a_glance_and_changed_ones_when_read() throws IOException {
        Path rows = Files.createDirectories(root.resolve("rows"));
        byte[] whole = document();
        Path document = rows.resolve("newest.json");
        Files.write(document, whole);
        assertThat(found()).isEmpty();
        Files.write(document, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(found()).containsExactly(Kind.ROWS_DAMAGED);
        assertThat(look().getFirst().text()).startsWith("rows/newest.json is damaged");
        byte[] changed = whole.clone();
        int at = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("a note");
        changed[at] ^= 1;
        Files.write(document, changed);
        assertThat(found()).isEmpty();
        assertThat(look(Inspection.Depth.FULL)).extracting(Finding::kind).containsExactly(Kind.ROWS_DAMAGED);
    }

    @Test
    void what_is_odd_is_told_and_is_no_damage() throws IOException {
        Files.delete(root.resolve("pgkeep.json"));
        Files.writeString(root.resolve("packs/notes.txt"), "mine");
        Files.writeString(root.resolve("my notes.txt"), "mine");
        Path mark;
        try (var marks = Files.newDirectoryStream(root.resolve("marks"), "newest*")) {
            mark = marks.iterator().next();
        }
        Files.writeString(mark, "{");
        List<Finding> found = look(Inspection.Depth.FULL);
        assertThat(found)
                .extracting(Finding::kind)
                .containsExactly(Kind.HEADER_MISSING, Kind.FILE_UNKNOWN, Kind.MARK_UNREADABLE);
        assertThat(found.get(1).subject()).isEqualTo("packs/notes.txt");
        assertThat(Finding.damage(found)).isEmpty();
    }

    @Test
    void a_repository_is_looked_at_while_its_chunks_are_read_and_when_there_is_none() {
        try (var lease = repository.chunks().share(new Cancellation())) {
            assertThat(found()).isEmpty();
        }
        Repository none = Repository.open(folder.resolve("none"), CLOCK);
        assertThat(Inspection.of(none, Inspection.Depth.FULL, Progress.SILENT, new Cancellation())
                        .findings())
                .isEmpty();
        assertThat(folder.resolve("none")).doesNotExist();
    }

    private static byte[] document() {
        var column = new Section.Column("note", "text");
        var section = new Section(new TableName("public", "t"), List.of(column), List.of("note"), Optional.empty());
        var head = new DocumentHead(
                "shop", "localhost:5432", "15.4", CLOCK.instant(), "cleanup", List.of(), Optional.of("newest"));
        var out = new ByteArrayOutputStream();
        RowsWriter.write(
                out,
                head,
                new RowSource() {
                    @Override
                    public List<Section> sections() {
                        return List.of(section);
                    }

                    @Override
                    public void read(Section of, Lines taker) {
                        for (int i = 0; i < 50; i++) {
                            byte[] line = RowLine.of(List.of("a note " + i));
                            taker.take(line, line.length);
                        }
                    }
                },
                (of, rows, bytes) -> {});
        return out.toByteArray();
    }

    private void made(String name, int later) {
        Clock clock = Clock.fixed(CLOCK.instant().plusSeconds(later), ZoneOffset.UTC);
        RecordedRun.of(context(clock), "backup", "shop").with(name, 1).done("made");
    }

    private void remove(String command, StoredBackup backup) {
        Clock clock = Clock.fixed(CLOCK.instant().plusSeconds(1), ZoneOffset.UTC);
        var run = RecordedRun.of(context(clock), command, "shop");
        run.beginRemoving(List.of(backup.name()));
        repository.remove(backup);
        run.done("removed");
    }

    private RunContext context(Clock clock) {
        return new RunContext(repository.history(), clock, Progress.SILENT, new Cancellation());
    }

    private StoredBackup find(String name) {
        return repository.list().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Swept sweep() {
        return repository.chunks().sweep(false, new Cancellation());
    }

    private List<Kind> found() {
        return look().stream().map(Finding::kind).toList();
    }

    private List<Finding> look() {
        return look(Inspection.Depth.QUICK);
    }

    private List<Finding> look(Inspection.Depth depth) {
        return Inspection.of(repository, depth, Progress.SILENT, new Cancellation())
                .findings();
    }

    private long bytes() throws IOException {
        try (Stream<Path> tree = Files.walk(root.resolve("packs"))) {
            return tree.mapToLong(each -> each.toFile().length()).sum();
        }
    }
}
