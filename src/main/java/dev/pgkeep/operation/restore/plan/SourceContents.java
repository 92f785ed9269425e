package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.ChunkedContents;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpContents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The contents of a backup that is known to be whole.
 *
 * @param rows rows per table that will be there; partitions each by itself
 * @param uncounted tables that get rows, nobody can tell how many
 * @param listing its table of contents; empty for scripts
 * @param foreign everything in a dump that has no metadata, and was read through therefore
 * @param chunks its tables, where it is one of chunks
 */
public record SourceContents(
        SortedMap<TableName, Long> rows,
        Set<TableName> uncounted,
        Optional<ArchiveListing> listing,
        Optional<DumpContents> foreign,
        Optional<ChunkedContents> chunks) {
    /** These contents without the rows of some tables. */
    SourceContents without(Set<TableName> tables) {
        if (tables.isEmpty()) {
            return this;
        }
        SortedMap<TableName, Long> left = new TreeMap<>(rows);
        left.keySet().removeAll(tables);
        return new SourceContents(
                left,
                uncounted.stream().filter(table -> !tables.contains(table)).collect(Collectors.toSet()),
                listing,
                foreign,
                chunks.map(each -> new ChunkedContents(
                        each.tables().stream()
                                .filter(table -> !tables.contains(table.name()))
                                .toList(),
                        each.missing())));
    }

    /** These contents for a restore of definitions alone. */
    public SourceContents withoutRows() {
        return new SourceContents(
                new TreeMap<>(),
                Set.of(),
                listing,
                foreign,
                chunks.map(each -> new ChunkedContents(List.of(), List.of())));
    }
}
