package dev.pgkeep.operation.restore.load.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.load.chunked.LoadGraph.Step;
import dev.pgkeep.operation.restore.load.chunked.LoadSchedule.Task;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdleTasksTest {
    private static final TableName BIG = new TableName("public", "big");
    private static final TableName ROOT = new TableName("public", "root");
    private static final TableName EAST = new TableName("public", "east");
    private static final TableName WEST = new TableName("public", "west");
    private static final PostLoadTasks ALL = new PostLoadTasks(true, true);

    @Test
    void nothing_is_done_with_a_table_before_it_is_full() {
        var spare = new IdleTasks(List.of(table(BIG, 600)), ALL, root -> true);
        LoadGraph graph = graph();

        assertThat(spare.next(graph)).isEmpty();
        assertThat(spare.isEmpty()).isFalse();

        spare.loaded(BIG);
        assertThat(all(spare, graph)).containsExactly("statistics of public.big", "public.big 0");
        assertThat(spare.isEmpty()).isTrue();
    }

    @Test
    void a_large_table_is_read_in_slices_of_4096_blocks() {
        var spare = new IdleTasks(List.of(table(BIG, 3 * 4096 - 1)), new PostLoadTasks(true, false), root -> true);
        spare.loaded(BIG);
        assertThat(all(spare, graph())).containsExactly("public.big 0", "public.big 1", "public.big 2");
    }

    @Test
    void statistics_wait_until_all_indexes_are_made_and_reading_does_not() {
        var spare = new IdleTasks(List.of(table(BIG, 1)), ALL, root -> true);
        LoadGraph graph = graph(step(1, "INDEX", Set.of(), Set.of(BIG)));
        graph.loaded(BIG);
        spare.loaded(BIG);
        List<Entry> index = graph.takeBig();

        assertThat(all(spare, graph)).containsExactly("public.big 0");
        assertThat(spare.isEmpty()).isFalse();

        graph.done(index);
        assertThat(all(spare, graph)).containsExactly("statistics of public.big");
    }

    @Test
    void a_table_that_a_key_locks_is_not_read_meanwhile_but_a_foreign_key_lets_readers_in() {
        var spare = new IdleTasks(List.of(table(BIG, 1)), new PostLoadTasks(true, false), root -> true);
        LoadGraph graph =
                graph(step(1, "CONSTRAINT", Set.of(BIG), Set.of()), step(2, "FK CONSTRAINT", Set.of(BIG), Set.of()));
        graph.loaded(BIG);
        spare.loaded(BIG);

        List<Entry> first = graph.takeBig();
        assertThat(first.getFirst().type()).isEqualTo("CONSTRAINT");
        assertThat(spare.next(graph)).isEmpty();
        graph.done(first);

        assertThat(graph.takeBig().getFirst().type()).isEqualTo("FK CONSTRAINT");
        assertThat(all(spare, graph)).containsExactly("public.big 0");
    }

    @Test
    void partitions_are_read_when_all_are_full_and_get_statistics_with_their_root() {
        var spare = new IdleTasks(List.of(leaf(EAST), leaf(WEST)), ALL, ROOT::equals);
        LoadGraph graph = graph();
        spare.loaded(EAST);
        assertThat(spare.next(graph)).isEmpty();

        spare.loaded(WEST);
        assertThat(all(spare, graph)).containsExactly("statistics of public.root", "public.east 0", "public.west 0");
    }

    @Test
    void partitions_without_their_root_get_statistics_of_their_own() {
        var spare = new IdleTasks(List.of(leaf(EAST), leaf(WEST)), new PostLoadTasks(false, true), root -> false);
        spare.loaded(EAST);
        spare.loaded(WEST);
        assertThat(all(spare, graph())).containsExactly("statistics of public.east", "statistics of public.west");
    }

    private static List<String> all(IdleTasks spare, LoadGraph graph) {
        List<String> found = new ArrayList<>();
        for (Optional<Task> task = spare.next(graph); task.isPresent(); task = spare.next(graph)) {
            found.add(
                    switch (task.get()) {
                        case Task.Proof proof -> proof.table().name() + " " + proof.slice();
                        case Task.Statistics statistics -> "statistics of " + statistics.table();
                        default -> "something else";
                    });
        }
        return found;
    }

    private static LoadGraph graph(Step... steps) {
        return new LoadGraph(List.of(steps), List.of(BIG));
    }

    private static Step step(int id, String type, Set<TableName> exclusive, Set<TableName> shared) {
        var entry = new Entry(
                id,
                type,
                "public",
                "e" + id,
                "",
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.of(Section.POST_DATA));
        return new Step(entry, Set.of(), Set.of(BIG), exclusive, shared, LoadGraph.BIG);
    }

    private static TableContents table(TableName name, long blocks) {
        return contents(name, Optional.empty(), blocks);
    }

    private static TableContents leaf(TableName name) {
        return contents(name, Optional.of(ROOT), 1);
    }

    private static TableContents contents(TableName name, Optional<TableName> root, long blocks) {
        var last = new Extent(blocks - 1, 1, RowHash.EMPTY, List.of());
        return new TableContents(name, root, false, RowFormat.BINARY, List.of(), 0, List.of(last));
    }
}
