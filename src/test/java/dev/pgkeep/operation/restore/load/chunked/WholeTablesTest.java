package dev.pgkeep.operation.restore.load.chunked;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WholeTablesTest {
    private static final TableName ROOT = new TableName("public", "root");

    @Test
    void one_session_loads_all_of_a_table_while_the_others_have_enough_to_do() {
        TableContents half = table("half", 50);
        List<TableContents> all = List.of(half, table("a", 25), table("b", 25));
        assertThat(whole(all, true, 2).contains(half)).isTrue();
        assertThat(whole(all, true, 3).contains(half)).isTrue();
        assertThat(whole(all, true, 8).contains(half)).isFalse();
    }

    @Test
    void a_table_that_dominates_is_shared_unless_there_is_nobody_to_share_it_with() {
        TableContents big = table("big", 90);
        List<TableContents> all = List.of(big, table("small", 10));
        assertThat(whole(all, true, 2).contains(big)).isFalse();
        assertThat(whole(all, true, 2).contains(all.get(1))).isTrue();
        assertThat(whole(all, true, 1).contains(big)).isTrue();
    }

    @Test
    void what_cannot_be_divided_is_whole_anyway() {
        TableContents only = contents("only", Optional.empty(), false, 90, 1);
        assertThat(whole(List.of(only), true, 8).contains(only)).isTrue();
    }

    @Test
    void nothing_is_emptied_in_a_database_that_others_know() {
        TableContents one = table("one", 6);
        List<TableContents> all = List.of(one, table("other", 9));
        assertThat(whole(all, true, 2).contains(one)).isTrue();
        assertThat(whole(all, false, 2).contains(one)).isFalse();
    }

    @Test
    void leaves_that_others_rows_may_end_up_in_are_not_emptied() {
        TableContents through = leaf("east", true);
        TableContents direct = leaf("west", false);
        TableContents elsewhere = table("other", 9);
        WholeTables whole = whole(List.of(through, direct, elsewhere), true, 2);
        assertThat(whole.contains(through)).isFalse();
        assertThat(whole.contains(direct)).isFalse();
        assertThat(whole(List.of(direct, elsewhere), true, 2).contains(direct)).isTrue();
    }

    @Test
    void small_tables_and_those_without_rows_are_left_alone() {
        TableContents small = contents("small", Optional.empty(), false, 5, 1);
        assertThat(whole(List.of(small, table("other", 9)), true, 2).contains(small))
                .isFalse();
        var empty = new TableContents(
                new TableName("public", "empty"), Optional.empty(), false, RowFormat.BINARY, List.of(), 0, List.of());
        assertThat(whole(List.of(empty), true, 2).contains(empty)).isFalse();
    }

    private static WholeTables whole(List<TableContents> tables, boolean alone, int workers) {
        var part = new LoadSelection(tables, List.of(), true, alone, false, new PostLoadTasks(true, true));
        return new WholeTables(part, Extent::blocks, workers);
    }

    private static TableContents table(String name, long size) {
        return contents(name, Optional.empty(), false, size, 2);
    }

    private static TableContents leaf(String name, boolean throughRoot) {
        return contents(name, Optional.of(ROOT), throughRoot, 6, 1);
    }

    private static TableContents contents(
            String name, Optional<TableName> root, boolean throughRoot, long size, int extents) {
        return new TableContents(
                new TableName("public", name),
                root,
                throughRoot,
                RowFormat.BINARY,
                List.of(),
                0,
                Collections.nCopies(extents, new Extent(0, (int) size * 100, RowHash.EMPTY, List.of())));
    }
}
