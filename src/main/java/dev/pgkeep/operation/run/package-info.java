/**
 * The history of runs: what was started, on which database, how it ended. A
 * {@link dev.pgkeep.operation.run.RecordedRun} is the one protocol of all of them: safety backup, beginning, act, end.
 * Its beginning is written before the first destructive step, which is how undo knows the way back after a crash; that
 * its end could not be written never makes a failure of what was done.
 */
@NullMarked
package dev.pgkeep.operation.run;

import org.jspecify.annotations.NullMarked;
