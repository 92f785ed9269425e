package dev.pgkeep.operation.restore.source;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.TableContents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The part of a backup of chunks that is going to be restored.
 *
 * @param tables the chosen tables, with those of their extents that are not damaged
 * @param missing what is damaged and left out
 */
public record ChunkedContents(List<TableContents> tables, List<MissingRows> missing) {
    public ChunkedContents {
        tables = List.copyOf(tables);
        missing = List.copyOf(missing);
    }

    /** The contents without the extents that are damaged. */
    public static ChunkedContents of(List<TableContents> tables, Damage damage) {
        Set<Place> lost = new HashSet<>();
        damage.rows().forEach(each -> lost.add(new Place(each.table(), each.firstBlock())));
        List<TableContents> whole = tables.stream()
                .map(table -> lost.isEmpty()
                        ? table
                        : table.withExtents(table.extents().stream()
                                .filter(extent -> !lost.contains(new Place(table.name(), extent.firstBlock())))
                                .toList()))
                .toList();
        return new ChunkedContents(whole, damage.rows());
    }

    /** Rows of a table that are left out. */
    public long missingRows(TableName table) {
        return missing.stream()
                .filter(each -> each.table().equals(table))
                .mapToLong(MissingRows::rows)
                .sum();
    }

    private record Place(TableName table, long block) {}
}
