package dev.pgkeep.operation.diff;

import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A table that has rows of its own, on one side: an ordinary one, or a partition.
 *
 * @param root the partitioned table at the top, where it is a partition
 * @param format in which its rows are given
 * @param columns in the order of the values
 * @param parts its blocks, in their order
 */
record Leaf(TableName name, Optional<TableName> root, RowFormat format, List<Column> columns, List<Part> parts) {
    Leaf {
        columns = List.copyOf(columns);
        parts = List.copyOf(parts);
    }

    /** The table that its rows belong to for whoever uses it. */
    TableName table() {
        return root.orElse(name);
    }

    /** The rows of a run of blocks. */
    interface Part {
        long firstBlock();

        /** Count and content, where that is known without reading. */
        Optional<RowHash> content();

        /** Whether it is known, without reading, to hold the very rows that this table has there on the other side. */
        boolean isUnchanged();

        /** Gives every row. May be asked more than once. */
        void read(RowConsumer taker) throws IOException;
    }
}
