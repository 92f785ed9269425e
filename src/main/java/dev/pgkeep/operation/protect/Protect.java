package dev.pgkeep.operation.protect;

import dev.pgkeep.postgres.catalog.Protection;
import dev.pgkeep.postgres.catalog.Writable;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Marks databases as protected, and takes the mark away. */
public final class Protect {
    private final Connector connector;

    public Protect(Connector connector) {
        this.connector = connector;
    }

    /**
     * Whether a database bears the mark.
     *
     * @throws dev.pgkeep.base.error.PgkeepException when the server cannot be asked
     */
    public boolean isMarked(Target target) {
        try (Connection connection = connector.open(target, "pgkeep")) {
            return Protection.isOn(connection, target.database());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking the server");
        }
    }

    /**
     * Puts the mark on a database, or takes it away.
     *
     * @param confirm is asked before a mark is taken away, and throws where it is to stay
     * @throws dev.pgkeep.base.error.PgkeepException RIGHTS_MISSING; when the server cannot be asked or changed; what
     *     {@code confirm} throws
     */
    public ProtectOutcome run(ProtectRequest request, Runnable confirm) {
        String database = request.target().database();
        try (Connection connection = connector.open(request.target(), "pgkeep")) {
            boolean changes = Protection.isOn(connection, database) != request.marked();
            if (!changes || request.dryRun()) {
                return new ProtectOutcome(changes, Optional.empty());
            }
            Writable.require(connection);
            if (request.marked()) {
                return new ProtectOutcome(true, Optional.of(Protection.put(connection, database)));
            }
            confirm.run();
            Protection.remove(connection, database);
            return new ProtectOutcome(true, Optional.empty());
        } catch (SQLException e) {
            throw SqlErrors.translate(e, (request.marked() ? "protecting " : "unprotecting ") + database);
        }
    }
}
