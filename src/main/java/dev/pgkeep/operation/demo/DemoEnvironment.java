package dev.pgkeep.operation.demo;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A server and a folder for the time of the demo. Closing it removes both. */
public final class DemoEnvironment implements AutoCloseable {
    private final DemoFolder folder;
    private final LocalCluster cluster;

    private DemoEnvironment(DemoFolder folder, LocalCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static DemoEnvironment make(ServerPrograms programs, Path temporary) {
        LocalCluster cluster = LocalCluster.start(programs, ClusterOptions.in(temporary));
        try {
            return new DemoEnvironment(DemoFolder.make(temporary), cluster);
        } catch (IOException e) {
            cluster.close();
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED,
                    "cannot make a folder in " + temporary + ": " + e.getMessage(),
                    "free some space there",
                    e);
        }
    }

    /** The working folder of the commands; backups go below it. */
    public Path folder() {
        return folder.path();
    }

    /** The shop's database; holds the password of the temporary server. */
    public String url() {
        return cluster.url(Shop.NAME);
    }

    String server() {
        return "PostgreSQL " + cluster.programs().version();
    }

    Target maintenance() {
        return TargetReader.read(cluster.url("postgres"), Map.of(), folder.path(), "the demo")
                .target();
    }

    @Override
    public void close() {
        try (cluster) {
            folder.close();
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED,
                    "the demo's folder could not be removed: " + e.getMessage(),
                    "remove it yourself: " + folder.path(),
                    e);
        }
    }
}
