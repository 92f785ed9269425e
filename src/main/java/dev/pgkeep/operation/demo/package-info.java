/**
 * Shows pgkeep at work on a machine with nothing configured: a temporary server, a shop's database, a backup, an
 * accident, a restore, and the proof that everything is back.
 *
 * <p>{@link dev.pgkeep.operation.demo.Demo} is the door; its main method is the story. It tells it on a
 * {@link dev.pgkeep.operation.demo.Stage}, which prints it and runs the real commands of pgkeep: the demo has no way of
 * its own to back up or to restore. The database comes from {@code shop.sql}, the accident from {@code damage.sql}.
 *
 * <p>Invariants: nothing of the surroundings is read, neither their environment nor their files, and nothing is left
 * behind, however the story ends.
 */
@NullMarked
package dev.pgkeep.operation.demo;

import org.jspecify.annotations.NullMarked;
