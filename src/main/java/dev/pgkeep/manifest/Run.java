package dev.pgkeep.manifest;

import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One finished or failed run of a command that matters for the history: backup, restore, undo, verify, prune.
 *
 * @param id unique, sorts by time
 * @param command for instance {@code restore}
 * @param database the database that it worked on, or whose backups; empty when that is not known
 * @param server host and port of it; empty when only stored backups were worked on
 * @param started when it began
 * @param seconds how long it took
 * @param outcome {@code done}, or the code of the error
 * @param message one line on how it ended
 * @param backup the backup that it made, restored or verified
 * @param safetyBackup the backup made before anything was changed; what {@code undo} goes back to
 * @param bytes bytes stored or restored
 * @param wasProtected whether the database bore the mark of {@code pgkeep protect} before it was changed; null where
 *     nothing was looked at
 */
@Json
public record Run(
        String id,
        String command,
        String database,
        String server,
        Instant started,
        double seconds,
        String outcome,
        @Nullable String message,
        @Nullable String backup,
        @Nullable String safetyBackup,
        long bytes,
        @Nullable Boolean wasProtected) {

    public static final String DONE = "done";

    public Run {
        Objects.requireNonNull(id);
        Objects.requireNonNull(command);
        Objects.requireNonNull(database);
        Objects.requireNonNull(started);
        Objects.requireNonNull(outcome);
    }
    /** Stands there while it runs, and for good when it was killed. */
    public static final String RUNNING = "running";

    public boolean succeeded() {
        return outcome.equals(DONE);
    }
}
