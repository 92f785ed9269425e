package dev.pgkeep.operation.backup;

import dev.pgkeep.repository.pack.ChunkStore;
import java.util.function.Supplier;

/**
 * The store that the chunks of a backup go to.
 *
 * @param store opens it, when there is something for it
 * @param base chooses the backup that this one builds on
 */
record ChunkDestination(Supplier<ChunkStore> store, EarlierBackups base) {}
