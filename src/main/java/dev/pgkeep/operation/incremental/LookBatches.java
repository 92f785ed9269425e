package dev.pgkeep.operation.incremental;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Parts extents into those that are asked for in one round trip. */
public final class LookBatches {
    private static final int EXTENTS = 64;
    private static final long BLOCKS = 4096;

    private LookBatches() {}

    /** @param blocks how many blocks one has */
    public static <T> List<List<T>> of(List<T> extents, ToIntFunction<T> blocks) {
        List<List<T>> batches = new ArrayList<>();
        List<T> open = new ArrayList<>();
        long inAll = 0;
        for (T extent : extents) {
            open.add(extent);
            inAll += blocks.applyAsInt(extent);
            if (open.size() == EXTENTS || inAll >= BLOCKS) {
                batches.add(List.copyOf(open));
                open.clear();
                inAll = 0;
            }
        }
        if (!open.isEmpty()) {
            batches.add(List.copyOf(open));
        }
        return batches;
    }
}
