/**
 * Rows that match a condition go away safely, with everything that depends on them. The door is
 * {@link dev.pgkeep.operation.cleanup.Cleanup}: look, show what was found and ask, run.
 *
 * <p>Nothing is deleted before the safety backup stands, the document with every row that goes was written, forced to
 * the disk, read back and found to hold what was found, and the history says so. What is deleted is what was shown:
 * where anybody changed these rows in between, it stops.
 */
@NullMarked
package dev.pgkeep.operation.cleanup;

import org.jspecify.annotations.NullMarked;
