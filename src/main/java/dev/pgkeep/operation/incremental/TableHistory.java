package dev.pgkeep.operation.incremental;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.copy.BlockRange;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.TableContents;
import java.util.Optional;

/** Whether it can be told which rows of a live table are those that a backup has of it. */
public sealed interface TableHistory {
    /**
     * It can: what nobody wrote since reads as it is stored. The table may have had another name then, and its columns
     * others.
     *
     * @param before its rows then
     */
    record Known(TableContents before) implements TableHistory {
        @Override
        public Optional<Extent> extent(int index, BlockRange range) {
            return Optional.of(before.extents())
                    .filter(all -> index < all.size())
                    .map(all -> all.get(index))
                    .filter(extent -> extent.firstBlock() == range.first() && extent.blocks() == range.blocks());
        }
    }

    /** @param why it cannot, for people */
    record Unknown(String why) implements TableHistory {
        @Override
        public Optional<Extent> extent(int index, BlockRange range) {
            return Optional.empty();
        }
    }

    /**
     * The extent that the backup has of the same blocks.
     *
     * @param index its number, in the table as it is now
     */
    Optional<Extent> extent(int index, BlockRange range);

    /** Whether the backup has it under a name, too. */
    default boolean isOf(TableName name) {
        return this instanceof Known known && known.before().name().equals(name);
    }

    /** Why all rows have to be read; empty where only those that changed have to be. */
    default Optional<String> whole() {
        return this instanceof Unknown unknown ? Optional.of(unknown.why()) : Optional.empty();
    }
}
