package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The settings of the sessions of a load: a crash of the server would cost the whole load anyway, so commits need not
 * wait for the disk; and indexes are sorted in as much memory as the server can be expected to have.
 *
 * @param jobs sessions that work at once
 * @param sortMemory maintenance_work_mem of each, in bytes
 */
record LoadSettings(int jobs, long sortMemory) {
    private static final long MOST = 1L << 30;
    private static final long KB = 1024;
    /** The sessions of each worker: one for rows, one for reading and one of pg_restore; one more is ours. */
    private static final int SESSIONS = 3;

    private static final String SERVER = """
            SELECT (SELECT setting::bigint FROM pg_settings WHERE name = 'maintenance_work_mem'),
                   (SELECT setting::bigint * 8 FROM pg_settings WHERE name = 'shared_buffers'),
                   (SELECT setting::bigint * 8 FROM pg_settings WHERE name = 'effective_cache_size')""";

    /** Chooses for a server, and as many sessions as are wanted if it has them. */
    static LoadSettings choose(int wanted, Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SERVER)) {
            row.next();
            long current = row.getLong(1) * KB;
            // Servers are told to use a quarter of their memory as buffers, and how much of it caches files in all.
            long budget = Math.max(row.getLong(2) * KB, row.getLong(3) * KB / 8);
            int most = Math.max(1, (new Catalog(connection).freeConnections() - 1) / SESSIONS);
            int jobs = Math.min(wanted, most);
            return new LoadSettings(jobs, Math.max(current, Math.min(MOST, budget / jobs)));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for the server's memory settings");
        }
    }

    /** The settings as parameters of a session, name and value. */
    List<String> parameters() {
        return List.of("synchronous_commit=off", "maintenance_work_mem=" + sortMemory / KB + "kB");
    }

    /** The settings as libpq's {@code options} has them. */
    String options() {
        return "-c " + String.join(" -c ", parameters());
    }

    /** The settings for people. */
    String describe() {
        return Sizes.count(jobs, "session") + ", maintenance_work_mem " + Sizes.text(sortMemory)
                + " each, synchronous_commit off";
    }
}
