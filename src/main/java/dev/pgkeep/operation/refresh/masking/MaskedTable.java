package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import java.util.SequencedMap;

/**
 * A table of which something is masked.
 *
 * @param partitioned whether the rows of all its partitions are meant
 * @param columns what is done to which column
 */
public record MaskedTable(TableName name, boolean partitioned, SequencedMap<ColumnShape, Mask> columns) {}
