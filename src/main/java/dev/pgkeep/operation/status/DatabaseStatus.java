package dev.pgkeep.operation.status;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The health of the backups of one database.
 *
 * @param database its name
 * @param lastBackup the newest good backup: checked, not damaged, whole; null when there is none
 * @param lastBackupAge its age in seconds
 * @param stale whether it is older than allowed, or missing although an age was given
 * @param lastProof when a backup that is still good was last proven by restoring it
 * @param lastProofAge seconds since then
 * @param lastProven the newest backup that is proven
 * @param counts how many backups there are
 * @param bytes stored bytes of all of them
 * @param trend the last whole, undamaged backups, oldest first
 * @param runs what the history says
 */
@Json
public record DatabaseStatus(
        String database,
        @Nullable Point lastBackup,
        @Nullable Long lastBackupAge,
        boolean stale,
        @Nullable Instant lastProof,
        @Nullable Long lastProofAge,
        @Nullable Point lastProven,
        Counts counts,
        long bytes,
        List<Point> trend,
        Runs runs) {

    /**
     * A backup of the past, as one point of a trend.
     *
     * @param bytes stored bytes
     * @param bytesRead bytes of the database's tables that were read for it; null where that is not known
     * @param seconds how long making it took
     */
    @Json
    public record Point(
            String name,
            Instant created,
            String kind,
            String format,
            long bytes,
            @Nullable Long bytesRead,
            double seconds) {}

    /**
     * Backups that pgkeep made, each in exactly one of proven, checked, unchecked and damaged.
     *
     * @param partial those of them that do not hold the whole database
     */
    @Json
    public record Counts(int all, int proven, int checked, int unchecked, int damaged, int partial) {}

    /**
     * The runs of backup in the history, those that nothing is left of among them.
     *
     * @param all recorded runs
     * @param succeeded those that ended well
     * @param lastFailure the newest one that did not
     */
    @Json
    public record Runs(int all, int succeeded, @Nullable Failure lastFailure) {
        /** The share of runs that succeeded, from 0 to 1; empty when there was no run. */
        public Optional<Double> successRate() {
            return all == 0 ? Optional.empty() : Optional.of((double) succeeded / all);
        }
    }

    /** A run that did not end well. */
    @Json
    public record Failure(
            String command,
            Instant started,
            String code,
            @Nullable String message) {}
}
