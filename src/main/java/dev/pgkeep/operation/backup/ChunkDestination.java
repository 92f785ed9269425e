package dev.pgkeep.operation.backup;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The store that the chunks of a backup go to.
 *
 * @param store opens it, when there is something for it
 * @param parent the backup whose chunks are used again where rows did not change
 */
record ChunkDestination(Supplier<ChunkStore> store, Optional<Manifest.Chunks> parent) {}
