/**
 * Stores chunks, every one once, however many backups hold it. Chunks are appended to packs, packs are listed by
 * indexes, and an index can be made again from its packs.
 *
 * <ol>
 *   <li>To write, {@link dev.pgkeep.repository.pack.ChunkWriter} asks {@code KnownChunks} and {@code NewChunks} whether
 *       a chunk is there; else {@code Compressor} packs it and {@code PackQueue} puts it into a pack of about 16 MB,
 *       stored by a thread of its own. {@code finish} reads the packs back, if that is wanted, and writes the index.
 *   <li>To read, {@link dev.pgkeep.repository.pack.ChunkStore} finds the chunk in the index, reads it from its pack,
 *       and holds it against its id.
 *   <li>{@link dev.pgkeep.repository.pack.Sweep} takes back what no backup needs: garbage packs go, packs that are
 *       mostly garbage are rewritten ({@code Compaction}), the index is replaced, and only then old files go.
 *   <li>{@link dev.pgkeep.repository.pack.StoreCheck} looks for damage, and
 *       {@link dev.pgkeep.repository.pack.RepairIndex} makes the index again.
 * </ol>
 *
 * <p>Invariants. A chunk's id is the SHA-256 of its bytes before compression, and every read checks it. Packs are
 * durable before the index that names them, the index before anything that names a chunk. A crash leaves at worst packs
 * that nothing names.
 */
@NullMarked
package dev.pgkeep.repository.pack;

import org.jspecify.annotations.NullMarked;
