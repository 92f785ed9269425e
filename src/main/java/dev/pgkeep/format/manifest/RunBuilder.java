package dev.pgkeep.format.manifest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Run}, value by value, each under the name of its component. It is done, on no server, and removed nothing,
 * unless something else is given; what else is not given is absent.
 */
public final class RunBuilder {
    private final String id;
    private final String command;
    private final String database;
    private final Instant started;
    private String server = "";
    private double seconds;
    private String outcome = Run.DONE;
    private @Nullable String message;
    private @Nullable String backup;
    private @Nullable String safetyBackup;
    private long bytes;
    private @Nullable Long bytesRead;
    private @Nullable Boolean wasProtected;
    private Run.@Nullable Change change;
    private @Nullable String keptDatabase;
    private @Nullable String rowsDocument;
    private @Nullable List<String> removed = List.of();

    RunBuilder(String id, String command, String database, Instant started) {
        this.id = id;
        this.command = command;
        this.database = database;
        this.started = started;
    }

    RunBuilder(Run from) {
        this(from.id(), from.command(), from.database(), from.started());
        server = from.server();
        seconds = from.seconds();
        outcome = from.outcome();
        message = from.message();
        backup = from.backup();
        safetyBackup = from.safetyBackup();
        bytes = from.bytes();
        bytesRead = from.bytesRead();
        wasProtected = from.wasProtected();
        change = from.change();
        keptDatabase = from.keptDatabase();
        rowsDocument = from.rowsDocument();
        removed = from.removed();
    }

    public RunBuilder server(String value) {
        server = value;
        return this;
    }

    public RunBuilder seconds(double value) {
        seconds = value;
        return this;
    }

    public RunBuilder outcome(String value) {
        outcome = value;
        return this;
    }

    public RunBuilder message(@Nullable String value) {
        message = value;
        return this;
    }

    public RunBuilder backup(@Nullable String value) {
        backup = value;
        return this;
    }

    public RunBuilder safetyBackup(@Nullable String value) {
        safetyBackup = value;
        return this;
    }

    public RunBuilder bytes(long value) {
        bytes = value;
        return this;
    }

    public RunBuilder bytesRead(@Nullable Long value) {
        bytesRead = value;
        return this;
    }

    public RunBuilder wasProtected(@Nullable Boolean value) {
        wasProtected = value;
        return this;
    }

    public RunBuilder change(Run.@Nullable Change value) {
        change = value;
        return this;
    }

    public RunBuilder keptDatabase(@Nullable String value) {
        keptDatabase = value;
        return this;
    }

    public RunBuilder rowsDocument(@Nullable String value) {
        rowsDocument = value;
        return this;
    }

    /** The backups that it removes; null where nobody wrote that down. */
    public RunBuilder removed(@Nullable List<String> value) {
        removed = value;
        return this;
    }

    public Run build() {
        return new Run(
                id,
                command,
                database,
                server,
                started,
                seconds,
                outcome,
                message,
                backup,
                safetyBackup,
                bytes,
                bytesRead,
                wasProtected,
                change,
                keptDatabase,
                rowsDocument,
                removed);
    }
}
