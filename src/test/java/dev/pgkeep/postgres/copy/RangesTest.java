package dev.pgkeep.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangesTest {
    @Test
    void extents_follow_each_other_and_the_last_one_is_open() {
        for (long blocks : new long[] {0, 1, 31, 32, 33, 5_000, 100_001}) {
            for (List<BlockRange> ranges : List.of(Ranges.extents(table(blocks)), Ranges.runs(table(blocks)))) {
                long next = 0;
                for (BlockRange range : ranges) {
                    assertThat(range.first()).isEqualTo(next);
                    assertThat(range.open()).isEqualTo(range == ranges.getLast());
                    next += range.blocks();
                }
                assertThat(next).isGreaterThanOrEqualTo(blocks);
                assertThat(ranges.getLast().first()).isLessThanOrEqualTo(blocks);
            }
        }
    }

    @Test
    void a_table_that_grows_keeps_all_its_extents_but_the_last() {
        List<BlockRange> large = Ranges.extents(table(200_000));
        for (long blocks = 1; blocks < 200_000; blocks += 997) {
            List<BlockRange> small = Ranges.extents(table(blocks));
            int kept = small.size() - 1;
            assertThat(small.subList(0, kept)).isEqualTo(large.subList(0, kept));
            assertThat(small.getLast().first()).isEqualTo(large.get(kept).first());
        }
    }

    @Test
    void an_extent_has_at_most_a_sixtyfourth_of_the_blocks_before_it_unless_it_is_of_the_smallest() {
        for (BlockRange range : Ranges.extents(table(200_000))) {
            assertThat(range.blocks()).isBetween(Ranges.FEWEST, Ranges.MOST);
            assertThat(range.first() % range.blocks()).isZero();
            if (range.blocks() > Ranges.FEWEST) {
                assertThat(range.blocks()).isLessThanOrEqualTo((int) (range.first() / 64));
            }
        }
    }

    @Test
    void a_large_table_has_few_extents_of_less_than_the_largest_size() {
        assertThat(Ranges.extents(table(10_000_000))).hasSizeLessThan(10_000_000 / Ranges.MOST + 512);
    }

    @Test
    void a_table_that_cannot_be_read_by_blocks_is_one_range() {
        assertThat(Ranges.extents(table(9_000, false))).hasSize(1).allMatch(BlockRange::open);
        assertThat(Ranges.runs(table(9_000, false))).hasSize(1).allMatch(BlockRange::open);
    }

    private static CopyTable table(long blocks) {
        return table(blocks, true);
    }

    private static CopyTable table(long blocks, boolean blockRanges) {
        var name = new TableName("public", "t");
        return new CopyTable(
                name,
                1,
                Optional.empty(),
                false,
                RowFormat.BINARY,
                List.of(),
                1,
                blocks,
                blockRanges ? RowAccess.BLOCKS : RowAccess.QUERY,
                0,
                0,
                false);
    }
}
