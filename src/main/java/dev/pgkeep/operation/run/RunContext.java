package dev.pgkeep.operation.run;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.History;
import java.time.Clock;

/**
 * The things that every run is given, whatever it does.
 *
 * @param history where it is recorded: that of the database it works on, wherever its backups come from
 * @param clock what time it is
 * @param progress who hears how it goes
 * @param cancellation what stops it
 */
public record RunContext(History history, Clock clock, Progress progress, Cancellation cancellation) {}
