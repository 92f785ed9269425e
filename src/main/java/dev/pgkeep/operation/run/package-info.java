/**
 * The history of runs: what was started, on which database, how it ended. A {@link dev.pgkeep.operation.run.RunRecord} of a
 * restore is written before its first destructive step, which is how undo knows the way back after a crash.
 */
@NullMarked
package dev.pgkeep.operation.run;

import org.jspecify.annotations.NullMarked;
