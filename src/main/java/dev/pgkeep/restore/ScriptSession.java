package dev.pgkeep.restore;

import dev.pgkeep.dump.ScriptStatements;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.SessionEncoding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Runs the statements of a script over a connection. */
final class ScriptSession implements ScriptStatements.Runner {
    private final Connection connection;
    private final String encoding;
    private @Nullable CopyIn copy;

    /** @param encoding in which the script's rows are */
    ScriptSession(Connection connection, String encoding) {
        this.connection = connection;
        this.encoding = encoding;
    }

    /** Settings of the session stay as they are: it has been prepared for rows. */
    @Override
    public void statement(String sql) {
        if (sql.startsWith("SET ") || sql.startsWith("SELECT pg_catalog.set_config(")) {
            return;
        }
        SessionEncoding.use(connection, "UTF8");
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, sql.lines().findFirst().orElse(sql));
        }
    }

    @Override
    public void copyStart(String sql) {
        SessionEncoding.use(connection, encoding);
        try {
            copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, sql);
        }
    }

    @Override
    public void copyData(byte[] bytes, int offset, int length) {
        try {
            if (copy != null) {
                copy.writeToCopy(bytes, offset, length);
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "loading rows");
        }
    }

    @Override
    public void copyEnd() {
        try {
            if (copy != null) {
                copy.endCopy();
            }
            copy = null;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "loading rows");
        }
    }
}
