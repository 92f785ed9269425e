package dev.pgkeep.postgres.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToIntFunction;

/**
 * Cuts tables into ranges of heap blocks. Every list has at least one range, in order, without gaps; the last is open.
 */
public final class Ranges {
    /** Blocks in the largest extent, and in every run: 4 MB of heap where a block has 8 KB. */
    static final int MOST = 512;

    /** Blocks in the smallest extent. */
    static final int FEWEST = 32;

    /** An extent has at most this part of the blocks before it. */
    private static final int PART = 64;

    private Ranges() {}

    /**
     * The extents of a table. Where they begin and end depends on nothing but their position, so that they are the same
     * in every backup. They are short at the beginning and grow with the position: a table that grows has its last
     * extent stored again, which is then never more than a small part of it; and a large table is not cut into more
     * pieces than necessary.
     */
    public static List<BlockRange> extents(CopyTable table) {
        return of(table, Ranges::extentAt);
    }

    /** Runs of equal size, for reading alone. */
    public static List<BlockRange> runs(CopyTable table) {
        return of(table, position -> MOST);
    }

    /** Blocks of the extent that begins there. Always a power of two, and the position a multiple of it. */
    static int extentAt(long block) {
        return (int) Math.clamp(Long.highestOneBit(block / PART), FEWEST, MOST);
    }

    private static List<BlockRange> of(CopyTable table, LongToIntFunction blocksAt) {
        if (!table.blockRanges()) {
            return List.of(new BlockRange(0, MOST, true));
        }
        var ranges = new ArrayList<BlockRange>();
        long first = 0;
        int blocks = blocksAt.applyAsInt(first);
        while (first + blocks < table.blocks()) {
            ranges.add(new BlockRange(first, blocks, false));
            first += blocks;
            blocks = blocksAt.applyAsInt(first);
        }
        ranges.add(new BlockRange(first, blocks, true));
        return ranges;
    }
}
