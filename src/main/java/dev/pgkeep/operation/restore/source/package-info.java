/**
 * Finds what can be restored, and what of it is damaged. {@link dev.pgkeep.operation.restore.source.SourceFinder} makes
 * a {@link dev.pgkeep.operation.restore.source.RestoreSource} of what somebody names: a dump in one of PostgreSQL's
 * formats ({@code DumpSource}) or a backup of chunks ({@code ChunkedSource}, whose definitions are a
 * {@link dev.pgkeep.operation.restore.source.Skeleton}).
 *
 * <p>{@link dev.pgkeep.operation.restore.source.DamageSearch} reads chunks through, and
 * {@link dev.pgkeep.operation.restore.source.Damage} says which rows of which tables the bad ones cost. Needs no
 * server: verify, export and show use it as restore does.
 */
@NullMarked
package dev.pgkeep.operation.restore.source;

import org.jspecify.annotations.NullMarked;
