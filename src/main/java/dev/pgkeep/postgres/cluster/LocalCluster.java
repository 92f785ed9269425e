package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A temporary PostgreSQL server that we started. It listens on loopback only, and it is gone, with its folder, after
 * {@link #close()} and after the end of this JVM, whichever way that ends. Not for use by several threads at once.
 */
public final class LocalCluster implements AutoCloseable {
    private final ServerPrograms programs;
    private final ClusterOptions options;
    private final ClusterFolder folder;
    private final ServerControl control;
    private final Watchdog watchdog;
    private final Password password;
    private final Thread atExit = new Thread(this::takeDown, "pgkeep-cluster-exit");
    private int port;
    private boolean closed;

    private LocalCluster(
            ServerPrograms programs,
            ClusterOptions options,
            ClusterFolder folder,
            ServerControl control,
            Watchdog dog) {
        this.programs = programs;
        this.options = options;
        this.folder = folder;
        this.control = control;
        this.watchdog = dog;
        this.password = Password.random();
    }

    /**
     * Makes a fresh cluster and starts its server; returns once it answers (about a second).
     *
     * @throws PgkeepException with {@link ErrorCode#CLUSTER_FAILED} when a step fails, nothing is left behind then
     */
    public static LocalCluster start(ServerPrograms programs, ClusterOptions options) {
        LocalCluster cluster = prepare(programs, options);
        try {
            Runtime.getRuntime().addShutdownHook(cluster.atExit);
            cluster.control.initialize(options, cluster.password);
            cluster.port = cluster.control.startOnFreePort(options);
            return cluster;
        } catch (IOException failure) {
            cluster.close();
            throw ServerControl.failed("cannot make a temporary server: " + failure.getMessage(), failure);
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private static LocalCluster prepare(ServerPrograms programs, ClusterOptions options) {
        try {
            var folder = ClusterFolder.create(options.parent());
            var user = ServerUser.forFolder(folder.root());
            user.takeOver(folder.root());
            for (Path abandoned : folder.abandoned()) {
                Watchdog.over(abandoned, programs, user).takeDown();
            }
            var watchdog = Watchdog.over(folder.root(), programs, user);
            var server = options.locales().map(user::withLocales).orElse(user);
            return new LocalCluster(programs, options, folder, new ServerControl(programs, server, folder), watchdog);
        } catch (IOException failure) {
            throw ServerControl.failed("cannot make a temporary server: " + failure.getMessage(), failure);
        }
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    public String superuser() {
        return options.superuser();
    }

    /** The password of {@link #superuser()}; any is right when the cluster trusts everybody. */
    public String password() {
        return password.text();
    }

    public ServerPrograms programs() {
        return programs;
    }

    /** The folder that holds the server's unix socket, on systems that have them. */
    public Optional<Path> socketFolder() {
        return folder.sockets();
    }

    /** The data folder, for looking at and for damaging it in tests. */
    public Path dataFolder() {
        return folder.data();
    }

    /** The file with everything that the server has logged so far. */
    public Path log() {
        return folder.log();
    }

    /** A URL that logs the superuser in to a database; holds the password. */
    public String url(String database) {
        return "postgresql://" + encoded(superuser()) + ":" + encoded(password()) + "@" + host() + ":" + port + "/"
                + encoded(database);
    }

    /** Stops the server at once, without a checkpoint; sessions are told that it is going. */
    public void stop() {
        control.stop("immediate");
    }

    /** Kills the server's main process: a crash. */
    public void kill() {
        control.kill();
    }

    /** Starts the server again, on the same port and with the same data, after {@link #stop()} or {@link #kill()}. */
    public void startAgain() {
        control.startAgain();
    }

    /** Stops the server the way a package upgrade does it (sessions are ended), and starts it again. */
    public void restart() {
        control.stop("fast");
        control.startAgain();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            // the hook runs already; taking down twice is harmless
        }
        takeDown();
    }

    private synchronized void takeDown() {
        if (closed) {
            return;
        }
        closed = true;
        watchdog.takeDown();
        if (Files.exists(folder.root())) {
            control.remove();
        }
        folder.release();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "PostgreSQL " + programs.version() + " on " + host() + ":" + port;
    }
}
