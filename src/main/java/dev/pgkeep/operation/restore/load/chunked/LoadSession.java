package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.CopySession;
import dev.pgkeep.postgres.copy.TableWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker's sessions for rows, in and out, opened when they are needed first. Cancelling tears them. */
final class LoadSession implements AutoCloseable {
    private final LoadTarget site;
    private final Cancellation stop;
    private @Nullable Connection connection;
    private @Nullable CopySession reading;
    private final List<Cancellation.Registration> registrations = new ArrayList<>();

    LoadSession(LoadTarget site, Cancellation stop) {
        this.site = site;
        this.stop = stop;
    }

    /** The session for writing. */
    Connection connection() {
        if (connection == null) {
            Connection opened = site.connector().open(site.database(), "pgkeep restore");
            connection = opened;
            registrations.add(stop.onCancel(() -> SessionTermination.abort(opened)));
            prepare(opened);
        }
        return connection;
    }

    /** The session for reading tables that nobody changes any more. */
    CopySession reading() {
        if (reading == null) {
            CopySession opened = CopySession.openForSettledTables(site.connector(), site.database(), "pgkeep restore")
                    .withMoney(site.moneyLocale());
            reading = opened;
            registrations.add(stop.onCancel(opened::abort));
        }
        return reading;
    }

    private void prepare(Connection opened) {
        SessionTermination.noticeQuickly(opened);
        try (Statement statement = opened.createStatement()) {
            for (String parameter : site.settings().parameters()) {
                statement.execute("SET " + parameter.replace("=", " = '") + "'");
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "preparing to load rows");
        }
        TableWriter.prepare(opened, site.encoding(), site.moneyLocale());
    }

    @Override
    public void close() {
        registrations.forEach(Cancellation.Registration::close);
        if (reading != null) {
            reading.close();
        }
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException | PgkeepException e) {
            // What it loaded is committed, or lost with it.
        }
    }
}
