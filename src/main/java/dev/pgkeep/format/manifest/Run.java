package dev.pgkeep.format.manifest;

import dev.pgkeep.format.manifest.Manifest.Migrations;
import io.avaje.jsonb.Json;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A finished or failed run of a command that matters for the history: backup, restore, undo, verify, prune.
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
 * @param bytesRead bytes of the database's tables that a backup read; null where that is not known
 * @param wasProtected whether the database bore the mark of {@code pgkeep protect} before it was changed; null where
 *     nothing was looked at
 * @param change what a command of the application did, where one was run: migrate, guard, reset, refresh
 * @param keptDatabase the name under which the replaced database was kept; {@code undo} swaps it back
 * @param rowsDocument the file in the repository that holds the rows which were deleted; {@code undo} puts them back
 * @param removed backups that it was about to remove, written before the first of them goes: what became of a backup
 *     that is not there. Null only in histories of before pgkeep wrote this down
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
        @Nullable Long bytesRead,
        @Nullable Boolean wasProtected,
        @Nullable Change change,
        @Nullable String keptDatabase,
        @Nullable String rowsDocument,
        @Nullable List<String> removed) {

    /**
     * A run of which nothing else is known yet.
     *
     * @param id see {@link #id}
     * @param database see {@link #database}
     */
    public static RunBuilder builder(String id, String command, String database, Instant started) {
        return new RunBuilder(id, command, database, started);
    }

    /**
     * A command of the application, as it ran between two looks at the database.
     *
     * @param text the command, without passwords
     * @param status its exit status; null while it runs, and for good when pgkeep was killed
     * @param seconds how long it ran
     * @param killed whether a signal, a time limit or Ctrl-C ended it
     * @param migrationsBefore what migration tools had applied before it
     * @param migrationsAfter the same afterwards; null when nobody could look
     */
    @Json
    public record Change(
            String text,
            @Nullable Integer status,
            double seconds,
            boolean killed,
            @Nullable List<Migrations> migrationsBefore,
            @Nullable List<Migrations> migrationsAfter) {

        /** A change that has not ended yet. */
        public static Change begun(String text, List<Migrations> before) {
            return new Change(text, null, 0, false, before, null);
        }

        private Change with(UnaryOperator<String> form) {
            return new Change(form.apply(text), status, seconds, killed, migrationsBefore, migrationsAfter);
        }
    }

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

    /** This run with its free texts in another form: how it ended, and the command. */
    public Run with(UnaryOperator<String> form) {
        return new RunBuilder(this)
                .message(message == null ? null : form.apply(message))
                .change(change == null ? null : change.with(form))
                .build();
    }

    public boolean succeeded() {
        return outcome.equals(DONE);
    }

    /** This run, ended well after all. */
    public Run done(String how) {
        return new RunBuilder(this).outcome(DONE).message(how).build();
    }
}
