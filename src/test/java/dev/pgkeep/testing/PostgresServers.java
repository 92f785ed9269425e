package dev.pgkeep.testing;

import static java.util.stream.Collectors.joining;

import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The servers that tests share: one for each major version, started when first asked for, gone with the JVM. Test
 * classes that run at the same time do not share any, so a test may look at everything on its server.
 */
public final class PostgresServers {
    private static final Map<Integer, ServerPrograms> PROGRAMS = findPrograms();
    private static final Map<Running, TestServer> RUNNING = new ConcurrentHashMap<>();
    private static final InheritableThreadLocal<Thread> CLASS_RUNNER = new InheritableThreadLocal<>();

    /** Whose server, of which version. */
    private record Running(Thread classRunner, int major) {}

    private PostgresServers() {}

    /** Every major version that can be had on this machine, oldest first. */
    public static List<Integer> versions() {
        return List.copyOf(PROGRAMS.keySet());
    }

    /** The shared server of a version. */
    public static TestServer version(int major) {
        return RUNNING.computeIfAbsent(new Running(classRunner(), major), each -> start(each.major()));
    }

    /** The thread that runs the test class: JUnit's worker, or the parent of threads that a test starts. */
    private static Thread classRunner() {
        Thread current = Thread.currentThread();
        if (current instanceof ForkJoinWorkerThread || CLASS_RUNNER.get() == null) {
            CLASS_RUNNER.set(current);
        }
        return CLASS_RUNNER.get();
    }

    /** The shared server for tests that do not care about versions: 15 where there is one, else the newest. */
    public static TestServer any() {
        return version(PROGRAMS.containsKey(15) ? 15 : versions().getLast());
    }

    /** A server of your own, to stop, kill or configure; close it. */
    public static LocalCluster own(int major) {
        return own(major, options());
    }

    public static LocalCluster own(int major, ClusterOptions options) {
        return LocalCluster.start(programs(major), options);
    }

    /** Options to start from for a server of your own. */
    public static ClusterOptions options() {
        return ClusterOptions.in(Path.of(System.getProperty("java.io.tmpdir")))
                .setting("max_connections", "60")
                .setting("max_prepared_transactions", "4")
                .setting("max_locks_per_transaction", "512");
    }

    private static ServerPrograms programs(int major) {
        ServerPrograms programs = PROGRAMS.get(major);
        if (programs == null) {
            throw new IllegalArgumentException("no PostgreSQL " + major + " here, only " + versions());
        }
        return programs;
    }

    @SuppressWarnings("resource") // shared until the JVM ends, which takes it down
    private static TestServer start(int major) {
        return new TestServer(major, own(major));
    }

    private static Map<Integer, ServerPrograms> findPrograms() {
        Map<Integer, ServerPrograms> newest = new TreeMap<>();
        ServerPrograms.all(System.getenv(), ServerArchives.binFolders())
                .forEach(programs -> newest.putIfAbsent(programs.major(), programs));
        newest.keySet().removeIf(major -> major < 14);
        if (newest.isEmpty()) {
            throw new IllegalStateException("tests need a PostgreSQL server: apt install postgresql");
        }
        announce(newest);
        return newest;
    }

    private static void announce(Map<Integer, ServerPrograms> found) {
        String servers = found.keySet().stream().map(String::valueOf).collect(joining(" "));
        System.out.println("servers: " + servers + "; clients: " + PostgresClients.describe());
    }
}
