package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.History;
import dev.pgkeep.repository.Repository;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The record of one run, from its beginning to its end. */
final class RunRecord {
    private final History history;
    private final Clock clock;
    private final String command;
    private final String database;
    private final String server;
    private final Instant started;
    private final String id;
    private @Nullable String backup;
    private @Nullable String safetyBackup;
    private @Nullable String keptDatabase;
    private @Nullable String rowsDocument;
    private long bytes;
    private @Nullable Boolean isProtected;
    private Run.@Nullable Change change;
    private @Nullable Long bytesRead;
    private List<String> removed = List.of();

    /**
     * A record of which nothing is written yet.
     *
     * @param command for instance {@code restore}
     * @param target the database that it works on
     */
    RunRecord(History history, Clock clock, String command, Target target) {
        this(history, clock, command, target.database(), target.describeServer());
    }

    /**
     * A record of a run that works on stored backups alone.
     *
     * @param database whose backups they are; empty when nobody knows
     */
    RunRecord(History history, Clock clock, String command, String database) {
        this(history, clock, command, database, "");
    }

    private RunRecord(History history, Clock clock, String command, String database, String server) {
        this.history = history;
        this.clock = clock;
        this.command = command;
        this.database = database;
        this.server = server;
        this.started = clock.instant();
        this.id = Repository.runId(started);
    }

    /** The backup that is made or restored, and its stored bytes. */
    void of(String name, long storedBytes) {
        backup = name;
        bytes = storedBytes;
    }

    /** The bytes of the database's tables that were read. */
    void read(long ofTables) {
        bytesRead = ofTables;
    }

    /** Whether the database bears the mark of {@code pgkeep protect}, which its successor is to bear too. */
    void onProtected(boolean marked) {
        isProtected = marked;
    }

    /** Notes what a command of the application is about to do, or did. */
    void change(Run.Change what) {
        change = what;
    }

    /** The name under which what is replaced will be kept. */
    void keeps(String database) {
        keptDatabase = database;
    }

    /** The file that holds the rows which are about to go. */
    void writes(String document) {
        rowsDocument = document;
    }

    /** The stored backups that are about to be removed: whoever misses one finds here what became of it. */
    void removes(List<String> backups) {
        removed = List.copyOf(backups);
        write(Run.RUNNING, "interrupted while it removed backups");
    }

    /** Notes that what had begun left nothing changed: there is nothing to go back from. */
    void nothingChanged() {
        safetyBackup = null;
        keptDatabase = null;
        rowsDocument = null;
    }

    /** About to change something: from now on there is a way back, by this safety backup if there is one. */
    void begun(@Nullable String safety) {
        safetyBackup = safety;
        write(Run.RUNNING, "interrupted while it ran");
    }

    void ended(String message) {
        write(Run.DONE, message);
    }

    /** Written as well as can be: what failed is more important than its record. */
    void failed(PgkeepException failure) {
        try {
            write(failure.code().text(), failure.getMessage());
        } catch (PgkeepException e) {
            failure.addSuppressed(e);
        }
    }

    private void write(String outcome, String message) {
        history.record(Run.builder(id, command, database, started)
                .server(server)
                .seconds(Duration.between(started, clock.instant()).toMillis() / 1000.0)
                .outcome(outcome)
                .message(message)
                .backup(backup)
                .safetyBackup(safetyBackup)
                .bytes(bytes)
                .bytesRead(bytesRead)
                .wasProtected(isProtected)
                .change(change)
                .keptDatabase(keptDatabase)
                .rowsDocument(rowsDocument)
                .removed(removed)
                .build());
    }
}
