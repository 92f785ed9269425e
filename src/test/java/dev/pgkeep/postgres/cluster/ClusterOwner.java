package dev.pgkeep.postgres.cluster;

import java.nio.file.Path;
import java.util.List;

/** A program that starts a cluster in the folder it is given, tells its port and waits to be ended. */
final class ClusterOwner {
    private ClusterOwner() {}

    @SuppressWarnings("resource") // the point is that nobody closes it
    public static void main(String[] arguments) throws Exception {
        var programs = ServerPrograms.find(System.getenv(), List.of());
        var cluster = LocalCluster.start(programs, ClusterOptions.in(Path.of(arguments[0])));
        System.out.println(cluster.port());
        if (arguments.length > 1) {
            System.exit(0);
        }
        Thread.sleep(Long.MAX_VALUE);
    }
}
