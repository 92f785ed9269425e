package dev.pgkeep.operation.backup;

import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Connector.Settled;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The session that planned a backup, kept until its snapshot is taken: another one costs the server more than all that
 * is asked in it, and has to read the catalog anew.
 */
final class PlanningSession implements AutoCloseable {
    private final AtomicReference<@Nullable Settled> kept = new AtomicReference<>();

    /** Keeps a session in autocommit mode; one that was kept before is closed. */
    void keep(Settled session) {
        close(kept.getAndSet(session));
    }

    /**
     * The kept session under another name, or a new one where none is kept, it is on another database or gone. The
     * caller closes it.
     *
     * @throws dev.pgkeep.base.error.PgkeepException as {@link Connector#open}
     */
    Connection take(Connector connector, Target target, String application) {
        Settled session = kept.getAndSet(null);
        if (session != null && session.target().equals(target)) {
            try {
                session.connection().setClientInfo("ApplicationName", application);
                return session.connection();
            } catch (SQLException e) {
                // The server was restarted meanwhile, or threw us out.
            }
        }
        close(session);
        return connector.open(target, application);
    }

    @Override
    public void close() {
        close(kept.getAndSet(null));
    }

    private static void close(@Nullable Settled session) {
        if (session != null) {
            SessionTermination.close(session.connection());
        }
    }
}
