package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.format.manifest.Manifest;
import java.time.Instant;
import java.util.Optional;

/**
 * The backup that a new one builds on: what is the same is not stored again, and where its server still remembers it,
 * not even read.
 *
 * @param name its name
 * @param chunks what it consists of
 * @param snapshotXmin the oldest transaction that was running at its snapshot, where rows may be told apart by that
 * @param whole why they are all read, for people; empty where only what changed is
 * @param fullAt when everything was read the last time, where not everything is now
 */
public record Since(
        String name,
        Manifest.Chunks chunks,
        Optional<Long> snapshotXmin,
        Optional<String> whole,
        Optional<Instant> fullAt) {

    /** Whether all rows are read, and held against what would not have been read where it is asked what changed. */
    public boolean everything() {
        return whole.isPresent();
    }

    /** Whether it is asked what changed since. */
    public boolean isCompared() {
        return snapshotXmin.isPresent();
    }
}
