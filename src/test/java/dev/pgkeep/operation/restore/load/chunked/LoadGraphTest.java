package dev.pgkeep.operation.restore.load.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import dev.pgkeep.repository.contents.TableContents;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LoadGraphTest {
    private static final TableName BIG = new TableName("public", "big");
    private static final TableName SMALL = new TableName("public", "small");
    private static final TableName ROOT = new TableName("public", "root");
    private static final TableName LEAF = new TableName("public", "leaf");
    private static final TableName OTHER = new TableName("public", "other");

    private static final List<Entry> ENTRIES = List.of(
            table(1, BIG),
            table(2, SMALL),
            after(10, "INDEX", "big_a", null, 1),
            after(11, "INDEX", "big_b", null, 1),
            after(12, "CONSTRAINT", "big big_pkey", BIG, 1),
            after(13, "CONSTRAINT", "small small_pkey", SMALL, 2),
            after(14, "FK CONSTRAINT", "small small_fkey", SMALL, 1, 2, 12),
            after(15, "FUNCTION", "f()", null),
            after(16, "ACL", "TABLE big", null, 1),
            after(17, "MATERIALIZED VIEW DATA", "sums", null),
            after(18, "COMMENT", "INDEX big_a", null, 10));

    @Test
    void rights_and_materialised_views_come_last() {
        assertThat(ids(steps().last())).containsExactly(16, 17);
        assertThat(ids(steps().before())).containsExactly(1, 2);
    }

    @Test
    void an_index_waits_for_the_rows_of_its_own_table_only() {
        LoadGraph graph = graph();
        assertThat(graph.takeBig()).isEmpty();
        assertThat(ids(graph.takeSmall(1, 1))).containsExactly(15);

        graph.loaded(BIG);

        assertThat(ids(graph.takeBig())).hasSize(1);
        assertThat(graph.takeSmall(1, 1)).isEmpty();
    }

    @Test
    void indexes_of_a_table_are_built_at_once_but_not_beside_what_locks_it() {
        LoadGraph graph = graph();
        graph.loaded(BIG);
        List<Entry> first = graph.takeBig();
        List<Entry> second = graph.takeBig();
        assertThat(ids(first)).containsExactly(10);
        assertThat(ids(second)).containsExactly(11);

        assertThat(graph.takeBig()).isEmpty();
        graph.done(first);
        graph.done(second);

        assertThat(ids(graph.takeBig())).containsExactly(12);
        assertThat(ids(graph.takeSmall(1, 1))).contains(18);
    }

    @Test
    void a_foreign_key_waits_for_both_tables_and_for_the_key_that_it_points_to() {
        LoadGraph graph = graph();
        graph.loaded(BIG);
        graph.loaded(SMALL);
        Set<Integer> taken = takeEverythingBut(graph, 12);
        assertThat(taken).doesNotContain(12, 14);

        List<Entry> key = graph.takeBig();
        assertThat(ids(key)).containsExactly(12);
        assertThat(graph.takeBig()).isEmpty();
        graph.done(key);

        assertThat(ids(graph.takeBig())).containsExactly(14);
    }

    @Test
    void small_things_wait_for_others_of_their_kind() {
        LoadGraph graph = graph();
        graph.loaded(SMALL);
        assertThat(graph.takeSmall(3, 1)).isEmpty();
        assertThat(ids(graph.takeSmall(2, 1))).containsExactly(13, 15);
    }

    @Test
    void rows_that_go_through_the_root_are_all_awaited_by_the_index_of_a_leaf() {
        List<Entry> entries = List.of(
                table(1, ROOT),
                table(2, LEAF),
                table(3, OTHER),
                entry(4, "TABLE ATTACH", Section.PRE_DATA, LEAF.name(), null, 1, 2),
                entry(5, "TABLE ATTACH", Section.PRE_DATA, OTHER.name(), null, 1, 3),
                after(10, "INDEX", "leaf_a", null, 2));
        LoadGraph through = new LoadGraph(
                new LoadPhases(entries, List.of(leaf(LEAF, true), leaf(OTHER, true)), table -> 1).after(),
                List.of(LEAF, OTHER));
        through.loaded(LEAF);
        assertThat(through.takeSmall(1, 1)).isEmpty();
        through.loaded(OTHER);
        assertThat(ids(through.takeSmall(1, 1))).containsExactly(10);

        LoadGraph direct = new LoadGraph(
                new LoadPhases(entries, List.of(leaf(LEAF, false), leaf(OTHER, false)), table -> 1).after(),
                List.of(LEAF, OTHER));
        direct.loaded(LEAF);
        assertThat(ids(direct.takeSmall(1, 1))).containsExactly(10);
    }

    @Test
    void a_constraint_of_a_domain_waits_for_the_rows_of_all_tables() {
        List<Entry> entries =
                List.of(table(1, LEAF), table(2, OTHER), after(10, "CHECK CONSTRAINT", "late none", null));
        LoadGraph graph = new LoadGraph(
                new LoadPhases(entries, List.of(leaf(LEAF, false), leaf(OTHER, false)), table -> 1).after(),
                List.of(LEAF, OTHER));
        graph.loaded(LEAF);
        assertThat(graph.takeSmall(1, 1)).isEmpty();
        graph.loaded(OTHER);
        assertThat(ids(graph.takeSmall(1, 1))).containsExactly(10);
    }

    @Test
    void a_trigger_of_a_partition_waits_for_that_of_the_table_above_it() {
        List<Entry> entries = List.of(
                table(1, ROOT),
                table(2, LEAF),
                entry(4, "TABLE ATTACH", Section.PRE_DATA, LEAF.name(), null, 1, 2),
                after(10, "TRIGGER", "leaf stop", LEAF, 2),
                after(11, "TRIGGER", "root stop", ROOT, 1),
                after(12, "TRIGGER", "root other", ROOT, 1));
        assertThat(new LoadPhases(entries, List.of(), table -> 1).after())
                .filteredOn(step -> step.entry().id() == 10)
                .singleElement()
                .satisfies(step -> assertThat(step.after()).containsExactly(11));
    }

    private static Set<Integer> takeEverythingBut(LoadGraph graph, int last) {
        Set<Integer> taken = new java.util.TreeSet<>();
        while (true) {
            List<Entry> some = graph.takeSmall(1, 1);
            if (some.isEmpty() && !taken.contains(11)) {
                some = graph.takeBig();
            }
            if (some.isEmpty() || ids(some).contains(last)) {
                return taken;
            }
            taken.addAll(ids(some));
            graph.done(some);
        }
    }

    private static LoadPhases steps() {
        return new LoadPhases(ENTRIES, List.of(), table -> table.equals(BIG) ? LoadGraph.BIG : 1);
    }

    private static LoadGraph graph() {
        return new LoadGraph(steps().after(), List.of(BIG, SMALL));
    }

    private static TableContents leaf(TableName name, boolean throughRoot) {
        return new TableContents(name, Optional.of(ROOT), throughRoot, RowFormat.BINARY, List.of(), 0, List.of());
    }

    private static Entry table(int id, TableName name) {
        return entry(id, "TABLE", Section.PRE_DATA, name.name(), null);
    }

    private static Entry after(
            int id, String type, String name, @org.jspecify.annotations.Nullable TableName table, Integer... needs) {
        return entry(id, type, Section.POST_DATA, name, table, needs);
    }

    private static Entry entry(
            int id,
            String type,
            Section section,
            String name,
            @org.jspecify.annotations.Nullable TableName table,
            Integer... needs) {
        return new Entry(
                id,
                type,
                "public",
                name,
                "me",
                Optional.ofNullable(table),
                Optional.empty(),
                Arrays.stream(needs).collect(Collectors.toSet()),
                Optional.of(section));
    }

    private static List<Integer> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }
}
