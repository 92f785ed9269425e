/**
 * Finds out what changed in a database since a backup, with no more rights than reading its tables takes.
 *
 * <ol>
 *   <li>{@link dev.pgkeep.postgres.incremental.LineageWriter} notes where in the server's history a snapshot lies, and
 *       leaves a mark in it ({@code Marker}).
 *   <li>{@link dev.pgkeep.postgres.incremental.LineageCheck} tells later whether a server has lived through that.
 *   <li>{@link dev.pgkeep.postgres.incremental.TableSignatures} tells whether unwritten rows of a table still read as
 *       they did.
 * </ol>
 *
 * <p>What is asked of the rows themselves is in {@code postgres.copy}: {@code RowAge} and {@code RangeCounts}. The
 * argument why this is enough, and what was tried against it, is in docs/incremental.md.
 */
@NullMarked
package dev.pgkeep.postgres.incremental;

import org.jspecify.annotations.NullMarked;
