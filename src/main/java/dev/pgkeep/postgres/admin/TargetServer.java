package dev.pgkeep.postgres.admin;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.SQLException;

/** Ways to the server of a database that may not be there. */
public final class TargetServer {
    private TargetServer() {}

    /** The target on the one server that answers, whether or not the database is there. */
    public static Target settle(Connector connector, Target target) {
        try {
            return connector.settle(target);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.DATABASE_MISSING) {
                throw e;
            }
            String other = target.database().equals("postgres") ? "template1" : "postgres";
            return connector.settle(target.withDatabase(other)).withDatabase(target.database());
        }
    }

    /** Connects beside the target where the role may, to it otherwise. */
    public static Connection open(Connector connector, Target target) {
        try {
            return connector.openBeside(target, "pgkeep");
        } catch (PgkeepException e) {
            return connector.open(target, "pgkeep");
        }
    }

    public static boolean isBeside(Connection connection, Target target) throws SQLException {
        return !target.database().equals(connection.getCatalog());
    }
}
