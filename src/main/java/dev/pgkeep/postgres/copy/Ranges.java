package dev.pgkeep.postgres.copy;

import java.util.List;

/**
 * Cuts tables into runs of heap blocks, always at the same blocks, so that an extent keeps its place in every backup.
 */
public final class Ranges {
    /** Blocks in a range: 4 MB of heap where a block has 8 KB. */
    public static final int BLOCKS = 512;

    private Ranges() {}

    /** At least one range, in order, without gaps; the last one is open. */
    public static List<BlockRange> of(CopyTable table) {
        throw new UnsupportedOperationException();
    }
}
