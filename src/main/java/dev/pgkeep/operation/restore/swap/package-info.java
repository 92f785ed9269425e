/**
 * Replaces a database that is in use: beside it, without a standstill, and nothing is dropped before what replaces it
 * is whole. {@link dev.pgkeep.operation.restore.swap.Replacement} is the door.
 *
 * <p>It creates, fills, compares and equips a {@code FreshDatabase} and has the application prepare it (migrations,
 * smoke questions); only then is written down that a change begins, and under which name the old database will be kept,
 * if it is; then {@code DatabaseReplacement} exchanges the names, and drops the old one unless it is kept. Whatever
 * fails before that leaves the database as it was.
 */
@NullMarked
package dev.pgkeep.operation.restore.swap;

import org.jspecify.annotations.NullMarked;
