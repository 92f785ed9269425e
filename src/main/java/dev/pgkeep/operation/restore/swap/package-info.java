/**
 * Restores without a standstill: beside the database in use, whose name the new one then gets.
 * {@link dev.pgkeep.operation.restore.swap.Swapping} is the door.
 *
 * <p>It creates, fills, compares and equips a {@code FreshDatabase} and has the application prepare it (migrations,
 * smoke questions); only then is written down that a change begins, and under which name the old database will be kept;
 * then {@code DatabaseSwap} swaps the names. Whatever fails before that leaves the database as it was.
 */
@NullMarked
package dev.pgkeep.operation.restore.swap;

import org.jspecify.annotations.NullMarked;
