/**
 * Begins again: a database is backed up, made empty, and filled by the application's own migrate and seed commands. The
 * door is {@link dev.pgkeep.operation.reset.Reset}: plan it, show the plan and ask, run it.
 *
 * <p>Nothing is destroyed before the safety backup stands and the history says so: whatever happens afterwards, undo
 * finds the way back.
 */
@NullMarked
package dev.pgkeep.operation.reset;

import org.jspecify.annotations.NullMarked;
