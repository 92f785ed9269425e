package dev.pgkeep.operation.backup;

import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.postgres.snapshot.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The facts about a database as its snapshot has them, read once, by whoever has time for it. */
final class SnapshotFacts {
    private final Snapshot snapshot;
    private final String database;
    private final Optional<String> migrationsQuery;
    private final Phases phases;
    private @Nullable DatabaseFacts read;

    SnapshotFacts(Snapshot snapshot, String database, Optional<String> migrationsQuery, Phases phases) {
        this.snapshot = snapshot;
        this.database = database;
        this.migrationsQuery = migrationsQuery;
        this.phases = phases;
    }

    /** Reads them in the session of the snapshot on the first call; nobody else uses that meanwhile. */
    synchronized DatabaseFacts get() {
        DatabaseFacts known = read;
        if (known == null) {
            try (Phases.Open open = phases.beside("facts")) {
                known = DatabaseFacts.read(snapshot.connection(), database, migrationsQuery);
            }
            read = known;
        }
        return known;
    }
}
