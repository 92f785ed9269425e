package dev.pgkeep.postgres.incremental;

import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server is the one that a backup was made of, further on: it has lived through everything that the backup's
 * snapshot saw. To be asked before a snapshot is taken, in the same session.
 */
public final class LineageCheck {
    /** Why nothing can be told where {@link #isStillWith} says no, for people. */
    public static final String OTHER_PROCESS = "a pooler has put another server process in the place of the first";

    private final Connection connection;
    private @Nullable ServerState state;

    /** @param connection in autocommit mode */
    public LineageCheck(Connection connection) {
        this.connection = connection;
    }

    /**
     * Whether a session is still with the server process that was asked: behind a pooler it may be with another one, of
     * another server even, that has not come as far.
     *
     * @param session the same one, in its transaction by now
     */
    public boolean isStillWith(Connection session) {
        ServerState known = state;
        try {
            return known != null && known.isOf(session);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for the server process");
        }
    }

    /** Why what changed since a backup cannot be told; empty where it can. */
    public Optional<String> against(Lineage backup) {
        try {
            ServerState known = state == null ? ServerState.of(connection) : state;
            state = known;
            return known.differsFrom(backup)
                    .or(() -> Marker.isKnown(connection, backup.marker())
                            ? Optional.empty()
                            : Optional.of(
                                    "the server does not remember that backup: it was set back since, or is a copy"
                                            + " that took another way"));
        } catch (SQLException e) {
            return Optional.of("the server does not tell where it is in its history");
        }
    }
}
