package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rows and definitions that damaged chunks cost a backup.
 *
 * @param rows rows that are lost, by table and block
 * @param skeleton what is wrong with everything but rows, without which nothing can be restored
 */
public record Damage(List<MissingRows> rows, Optional<String> skeleton) {
    private static final int SHOWN = 3;

    public Damage {
        rows = List.copyOf(rows);
    }

    /**
     * Finds what the chunks are needed for.
     *
     * @param damaged ids of damaged chunks and what is wrong with them
     */
    public static Damage of(BackupContents contents, Map<ChunkId, String> damaged) {
        List<MissingRows> rows = new ArrayList<>();
        if (!damaged.isEmpty()) {
            for (TableContents table : contents.tables()) {
                for (Extent extent : table.extents()) {
                    problem(extent, damaged)
                            .ifPresent(problem -> rows.add(new MissingRows(
                                    table.name(),
                                    extent.firstBlock(),
                                    extent.blocks(),
                                    extent.content().rows(),
                                    problem)));
                }
            }
        }
        Optional<String> skeleton = contents.skeleton().stream()
                .filter(damaged::containsKey)
                .map(damaged::get)
                .findFirst();
        return new Damage(rows, skeleton);
    }

    public boolean isNone() {
        return rows.isEmpty() && skeleton.isEmpty();
    }

    /** The damage in words: how many rows are lost, and of which tables; one line. */
    public String describe() {
        List<String> parts = new ArrayList<>();
        skeleton.ifPresent(problem -> parts.add("its schema cannot be read (" + problem + ")"));
        if (!rows.isEmpty()) {
            Map<String, Long> byTable = new HashMap<>();
            rows.forEach(each -> byTable.merge(each.table().toString(), each.rows(), Long::sum));
            long total = rows.stream().mapToLong(MissingRows::rows).sum();
            parts.add(Sizes.count(total, "row") + " of "
                    + byTable.keySet().stream().sorted().limit(SHOWN).collect(Collectors.joining(", "))
                    + (byTable.size() > SHOWN ? " and " + (byTable.size() - SHOWN) + " more tables" : "")
                    + " cannot be read: " + rows.getFirst().describe()
                    + (rows.size() > 1 ? ", and " + Sizes.count(rows.size() - 1, "more place") : ""));
        }
        return String.join("; ", parts);
    }

    /** @throws PgkeepException BACKUP_DAMAGED unless there is no damage */
    public void orThrow() {
        if (!isNone()) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    describe(),
                    skeleton.isPresent()
                            ? "choose another backup: pgkeep list"
                            : "choose another backup: pgkeep list; or take what is left with --skip-damaged");
        }
    }

    private static Optional<String> problem(Extent extent, Map<ChunkId, String> damaged) {
        return extent.chunks().stream()
                .<ChunkId>mapMulti(RowChunk::forEachStored)
                .filter(damaged::containsKey)
                .map(damaged::get)
                .findFirst();
    }
}
