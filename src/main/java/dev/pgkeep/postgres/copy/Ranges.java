package dev.pgkeep.postgres.copy;

import java.util.ArrayList;
import java.util.List;

/** Cuts tables into runs of heap blocks, always at the same places, so that an extent is the same in every backup. */
public final class Ranges {
    /** Blocks in a range: 4 MB of heap where a block has 8 KB. */
    public static final int BLOCKS = 512;

    private Ranges() {}

    /** At least one range, in order, without gaps; the last one is open. */
    public static List<BlockRange> of(CopyTable table) {
        if (!table.blockRanges()) {
            return List.of(new BlockRange(0, BLOCKS, true));
        }
        var ranges = new ArrayList<BlockRange>();
        long first = 0;
        for (; first + BLOCKS < table.blocks(); first += BLOCKS) {
            ranges.add(new BlockRange(first, BLOCKS, false));
        }
        ranges.add(new BlockRange(first, BLOCKS, true));
        return ranges;
    }
}
