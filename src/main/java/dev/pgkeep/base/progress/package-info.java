/**
 * Carries what the engine tells while it works, and how it is told to stop. {@link dev.pgkeep.base.progress.Progress}
 * receives steps, amounts and notes; {@link dev.pgkeep.base.progress.Cancellation} carries Ctrl-C to whatever is
 * running. Neither knows about terminals: rendering is the command line's business.
 * {@link dev.pgkeep.base.progress.Phases}, which comes along with progress, records where the time goes.
 * {@link dev.pgkeep.base.progress.Crew} has several threads do the same work, and ends them together;
 * {@link dev.pgkeep.base.progress.Parallelism} says how many where nobody does.
 */
@NullMarked
package dev.pgkeep.base.progress;

import org.jspecify.annotations.NullMarked;
