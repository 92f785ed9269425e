package dev.pgkeep.operation.restore;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.connect.ApplicationPath;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions that a restored database must answer before it counts as good. */
public final class Smoke {
    private final Connector connector;
    private final Progress progress;

    public Smoke(Connector connector, Progress progress) {
        this.connector = connector;
        this.progress = progress;
    }

    /**
     * Asks the questions.
     *
     * @param questions statements that must run without an error, and not say false
     * @throws PgkeepException PROOF_FAILED
     */
    public void ask(Target database, List<String> questions) {
        for (String sql : questions) {
            progress.step("Asking: " + sql);
            try (Connection connection = connector.open(database, "pgkeep");
                    Statement statement = connection.createStatement()) {
                ApplicationPath.use(connection);
                boolean rows = statement.execute(sql);
                try (ResultSet row = rows ? statement.getResultSet() : null) {
                    if (row != null && row.next() && "f".equals(row.getString(1))) {
                        throw unanswered(sql + " says false", null);
                    }
                }
            } catch (SQLException e) {
                throw unanswered(SqlErrors.translate(e, sql).getMessage(), e);
            }
        }
    }

    private static PgkeepException unanswered(String what, @Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.PROOF_FAILED,
                "the restored database fails its smoke test: " + what,
                "the backup restores, but not to a database that works: look at it with --to NAME --create-db",
                cause);
    }
}
