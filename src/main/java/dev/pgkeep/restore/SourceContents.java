package dev.pgkeep.restore;

import dev.pgkeep.dump.ArchiveListing;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.restore.source.ChunkedContents;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What a backup holds, known to be whole.
 *
 * @param rows rows per table that will be there; partitions each by itself
 * @param listing its table of contents; empty for scripts
 * @param chunks its tables, where it is one of chunks
 */
public record SourceContents(
        SortedMap<TableName, Long> rows, Optional<ArchiveListing> listing, Optional<ChunkedContents> chunks) {}
