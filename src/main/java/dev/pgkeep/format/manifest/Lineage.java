package dev.pgkeep.format.manifest;

import io.avaje.jsonb.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of a backup in the history of its server: what a later backup goes by to find out whether it may read only
 * what changed since. The argument is in {@code docs/incremental.md}.
 *
 * @param systemIdentifier identity of the cluster, where the role may read it
 * @param databaseOid the database
 * @param serverVersion as the server prints it, for instance {@code 15.18}
 * @param timeline the timeline
 * @param walPosition a WAL position behind the snapshot, for instance {@code 0/16B3748}
 * @param startedAt when the server was started, in seconds since 1970
 * @param durable whether what it says is written is written ({@code fsync}, {@code full_page_writes})
 * @param snapshotXmin oldest transaction that was still running when the snapshot was taken, 64 bits
 * @param marker transactions that were run after the snapshot, each with {@code +} where it was committed and {@code -}
 *     where it was rolled back, parted by spaces
 */
@Json
public record Lineage(
        @Nullable String systemIdentifier,
        long databaseOid,
        String serverVersion,
        long timeline,
        String walPosition,
        String startedAt,
        boolean durable,
        long snapshotXmin,
        String marker) {
    public Lineage {
        Objects.requireNonNull(serverVersion);
        Objects.requireNonNull(walPosition);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(marker);
    }
}
