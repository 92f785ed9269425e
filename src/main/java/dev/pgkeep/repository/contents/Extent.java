package dev.pgkeep.repository.contents;

import dev.pgkeep.format.columnar.RowHash;
import java.util.List;

/**
 * A run of heap blocks and the rows in it.
 *
 * @param firstBlock number of its first block
 * @param blocks how many blocks
 * @param content its rows
 * @param chunks the rows, in the order of the heap; more than one where rows are wide
 */
public record Extent(long firstBlock, int blocks, RowHash content, List<RowChunk> chunks) {
    public Extent {
        chunks = List.copyOf(chunks);
    }
}
