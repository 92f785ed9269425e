package dev.pgkeep.operation.cleanup;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The way in which rows are deleted.
 *
 * @param triggers whether the triggers of users run
 * @param batch rows to a transaction; everything in one where it is absent
 * @param pause between batches
 */
public record CleanupOptions(boolean triggers, OptionalInt batch, Duration pause) {
    /** The usual way: everything in one transaction, as the application would do it. */
    public static final CleanupOptions USUAL = new CleanupOptions(true, OptionalInt.empty(), Duration.ZERO);
}
