package dev.pgkeep.operation.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.incremental.TableHistory.Unknown;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.copy.RangeCounts.Count;
import dev.pgkeep.postgres.copy.RowAccess;
import dev.pgkeep.postgres.incremental.TableSignatures.Signature;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.TableContents.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which tables and which extents are taken for those of a backup. */
final class StoredTablesTest {
    private static final Signature SAME = new Signature.Known("a".repeat(32));
    private static final CopyTable TABLE = table(7, 100, RowFormat.BINARY, RowAccess.BLOCKS);

    private final StoredTables stored = new StoredTables(List.of(
            new TableContents(
                    new TableName("public", "t"),
                    Optional.empty(),
                    false,
                    RowFormat.BINARY,
                    List.of(),
                    100,
                    Optional.of(new Trace(7, "a".repeat(32), List.of())),
                    List.of(extent(0, 32), extent(32, 32))),
            new TableContents(
                    new TableName("public", "untraced"),
                    Optional.empty(),
                    false,
                    RowFormat.BINARY,
                    List.of(),
                    200,
                    List.of())));

    @Test
    void the_same_table_is_known_with_its_extents() {
        TableHistory history = stored.of(TABLE, SAME);
        assertThat(history.whole()).isEmpty();
        assertThat(history.extent(1, new BlockRange(32, 32, true))).contains(extent(32, 32));
        assertThat(history.extent(1, new BlockRange(32, 64, true))).isEmpty();
        assertThat(history.extent(0, new BlockRange(32, 32, true))).isEmpty();
        assertThat(history.extent(2, new BlockRange(64, 32, true))).isEmpty();
    }

    @Test
    void another_name_is_another_matter() {
        TableHistory history = stored.of(TABLE, SAME);
        assertThat(history.isOf(new TableName("public", "t"))).isTrue();
        assertThat(history.isOf(new TableName("public", "T"))).isFalse();
        assertThat(new Unknown("").isOf(new TableName("public", "t"))).isFalse();
    }

    @Test
    void whatever_is_not_as_it_was_makes_a_table_unknown() {
        isWhole(table(8, 100, RowFormat.BINARY, RowAccess.BLOCKS), SAME, "does not have it");
        isWhole(table(0, 200, RowFormat.BINARY, RowAccess.BLOCKS), SAME, "does not have it");
        isWhole(table(7, 101, RowFormat.BINARY, RowAccess.BLOCKS), SAME, "rewritten since");
        isWhole(table(7, 100, RowFormat.TEXT, RowAccess.BLOCKS), SAME, "columns or their types");
        isWhole(table(7, 100, RowFormat.BINARY, RowAccess.QUERY), SAME, "by blocks");
        isWhole(TABLE, new Signature.Known("b".repeat(32)), "columns or their types");
        isWhole(TABLE, new Signature.None("it is unlogged"), "it is unlogged");
    }

    @Test
    void rows_are_the_same_when_none_is_new_and_none_is_gone() {
        assertThat(new Count(10, 0).isUnchangedFrom(10)).isTrue();
        assertThat(new Count(10, 1).isUnchangedFrom(10)).isFalse();
        assertThat(new Count(9, 0).isUnchangedFrom(10)).isFalse();
        assertThat(new Count(11, 0).isUnchangedFrom(10)).isFalse();
    }

    @Test
    void extents_are_asked_for_in_batches_of_few_extents_and_few_blocks() {
        List<Integer> small = IntStream.range(0, 130).mapToObj(i -> 32).toList();
        assertThat(LookBatches.of(small, each -> each)).extracting(List::size).containsExactly(64, 64, 2);
        assertThat(LookBatches.of(List.of(512, 512, 512, 512, 512, 512, 512, 512, 512), each -> each))
                .extracting(List::size)
                .containsExactly(8, 1);
        assertThat(LookBatches.of(List.<Integer>of(), each -> each)).isEmpty();
    }

    private void isWhole(CopyTable table, Signature signature, String why) {
        TableHistory history = stored.of(table, signature);
        assertThat(history.whole())
                .hasValueSatisfying(reason -> assertThat(reason).contains(why));
        assertThat(history.extent(0, new BlockRange(0, 32, false))).isEmpty();
    }

    private static Extent extent(long first, int blocks) {
        return new Extent(first, blocks, RowHash.EMPTY, List.of());
    }

    private static CopyTable table(long oid, long fileNode, RowFormat format, RowAccess access) {
        return new CopyTable(
                new TableName("public", "t"),
                oid,
                Optional.empty(),
                false,
                format,
                List.of(),
                fileNode,
                64,
                access,
                1000,
                0,
                false);
    }
}
