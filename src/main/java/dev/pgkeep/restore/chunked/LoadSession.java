package dev.pgkeep.restore.chunked;

import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.progress.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A worker's session for rows, opened when it is needed first. Cancelling tears it. */
final class LoadSession implements AutoCloseable {
    private final Connector connector;
    private final Target database;
    private final LoadSettings settings;
    private final String encoding;
    private final Cancellation stop;
    private @Nullable Connection connection;
    private Cancellation.@Nullable Registration registration;

    /** @param encoding of the database that the rows came from */
    LoadSession(Connector connector, Target database, LoadSettings settings, String encoding, Cancellation stop) {
        this.connector = connector;
        this.database = database;
        this.settings = settings;
        this.encoding = encoding;
        this.stop = stop;
    }

    Connection connection() {
        if (connection == null) {
            Connection opened = connector.open(database, "pgkeep restore");
            connection = opened;
            registration = stop.onCancel(() -> abort(opened));
            prepare(opened);
        }
        return connection;
    }

    private void prepare(Connection opened) {
        try (Statement statement = opened.createStatement()) {
            for (String parameter : settings.parameters()) {
                statement.execute("SET " + parameter.replace("=", " = '") + "'");
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "preparing to load rows");
        }
        TableWriter.prepare(opened, encoding);
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | PgkeepException e) {
            // What it loaded is committed, or lost with it.
        }
    }

    private static void abort(Connection connection) {
        Thread.ofVirtual().start(() -> {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone already.
            }
        });
    }
}
