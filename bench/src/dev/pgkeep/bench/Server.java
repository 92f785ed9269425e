package dev.pgkeep.bench;

import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** The temporary server, with the settings of a server that somebody looks after. */
final class Server implements AutoCloseable {
    /** Durable as in production; autovacuum is off so that it does not fall into one measurement and not the other. */
    private static final Map<String, String> SETTINGS = Map.of(
            "fsync", "on",
            "full_page_writes", "on",
            "shared_buffers", "1GB",
            "max_wal_size", "4GB",
            "checkpoint_timeout", "30min",
            "maintenance_work_mem", "256MB",
            "autovacuum", "off",
            "max_connections", "60");

    private final LocalCluster cluster;
    private final Map<String, String> settings;

    private Server(LocalCluster cluster, Map<String, String> settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** Starts the newest server that the newest client programs can dump. */
    static Server start(Path work, int newestClient, Map<String, String> changed) {
        ServerPrograms programs = ServerPrograms.all(System.getenv(), List.of()).stream()
                .filter(each -> each.major() <= newestClient)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no PostgreSQL server is installed that pg_dump can dump"));
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.putAll(changed);
        ClusterOptions options = ClusterOptions.in(work);
        for (var setting : settings.entrySet()) {
            options = options.setting(setting.getKey(), setting.getValue());
        }
        return new Server(LocalCluster.start(programs, options), settings);
    }

    String version() {
        return cluster.programs().version();
    }

    String settings() {
        return String.join(
                ", ",
                settings.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .sorted()
                        .toList());
    }

    String url(String database) {
        return cluster.url(database);
    }

    /** What libpq needs to log in. */
    Map<String, String> environment() {
        return Map.of(
                "PGHOST", cluster.host(),
                "PGPORT", Integer.toString(cluster.port()),
                "PGUSER", cluster.superuser(),
                "PGPASSWORD", cluster.password());
    }

    Connection connect(String database) throws SQLException {
        String url = "jdbc:postgresql://" + cluster.host() + ":" + cluster.port() + "/" + database;
        return DriverManager.getConnection(url, cluster.superuser(), cluster.password());
    }

    PGConnection copying(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class);
    }

    void run(String database, String... statements) {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    String ask(String database, String query) {
        try (var connection = connect(database);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** What earlier steps left to write is written now, not during the next one. */
    void settle() {
        run("postgres", "CHECKPOINT");
    }

    void drop(String database) {
        run("postgres", "DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
    }

    /** CPU seconds of all its processes since it started, also of those that have ended; NaN where nobody can tell. */
    double cpuSeconds() {
        try {
            String pid = Files.readAllLines(cluster.dataFolder().resolve("postmaster.pid"))
                    .getFirst()
                    .strip();
            return Processes.cpuSecondsOfFamily(Long.parseLong(pid));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
