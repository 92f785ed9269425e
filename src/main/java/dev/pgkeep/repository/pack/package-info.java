/**
 * The chunk store: every chunk once, however many backups hold it. Chunks are appended to packs, packs are listed by
 * indexes, and an index can be made again from its packs.
 *
 * <p>Doors: {@link dev.pgkeep.repository.pack.ChunkStore} to read, {@link dev.pgkeep.repository.pack.ChunkWriter} to
 * add, {@link dev.pgkeep.repository.pack.Sweep} to take back what no backup needs.
 *
 * <p>Invariants. A chunk's id is the SHA-256 of its bytes before compression, and every read checks it. Packs are
 * durable before the index that names them, the index before anything that names a chunk. A crash leaves at worst packs
 * that nothing names.
 */
@NullMarked
package dev.pgkeep.repository.pack;

import org.jspecify.annotations.NullMarked;
