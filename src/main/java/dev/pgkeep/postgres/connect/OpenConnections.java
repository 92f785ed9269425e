package dev.pgkeep.postgres.connect;

import dev.pgkeep.base.progress.Cancellation;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The connections of a run. After an interruption they are good for tidying up for a few seconds; then they are torn,
 * so that a line on which nothing moves any more does not hold up the end. What a server is just doing it finishes
 * anyway.
 */
final class OpenConnections {
    private static final Duration GRACE = Duration.ofSeconds(4);

    /** The open connections; those that were closed and forgotten leave by themselves. */
    private final Set<Connection> connections = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean torn;

    OpenConnections(Cancellation cancellation) {
        cancellation.onCancel(() -> Thread.ofVirtual().name("tear").start(this::tearAfterGrace));
    }

    /** @throws dev.pgkeep.base.error.PgkeepException INTERRUPTED when no connection may be opened any more */
    synchronized void check() {
        if (torn) {
            throw Cancellation.interrupted();
        }
    }

    synchronized void add(Connection connection) {
        connections.add(connection);
        if (torn) {
            SessionTermination.tear(connection);
        }
    }

    private void tearAfterGrace() {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all().forEach(SessionTermination::tear);
    }

    private synchronized List<Connection> all() {
        torn = true;
        return List.copyOf(connections);
    }
}
