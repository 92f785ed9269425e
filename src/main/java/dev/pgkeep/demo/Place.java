package dev.pgkeep.demo;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.cluster.ClusterOptions;
import dev.pgkeep.postgres.cluster.LocalCluster;
import dev.pgkeep.postgres.cluster.ServerPrograms;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A server and a folder for the time of the demo. Closing it removes both. */
public final class Place implements AutoCloseable {
    private final Path folder;
    private final LocalCluster cluster;

    private Place(Path folder, LocalCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static Place make(ServerPrograms programs, Path temporary) {
        LocalCluster cluster = LocalCluster.start(programs, ClusterOptions.in(temporary));
        try {
            Path folder = Files.createTempDirectory(temporary, "pgkeep-demo-");
            // A configuration of its own, so that none is looked for further up.
            Files.writeString(folder.resolve("pgkeep.toml"), "# of the demo\n");
            return new Place(folder, cluster);
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
        return folder;
    }

    /** The shop's database; holds the password of the temporary server. */
    public String url() {
        return cluster.url(Shop.NAME);
    }

    String server() {
        return "PostgreSQL " + cluster.programs().version();
    }

    Target maintenance() {
        return TargetReader.read(cluster.url("postgres"), Map.of(), folder, "the demo")
                .target();
    }

    @Override
    public void close() {
        remove(folder);
        cluster.close();
    }

    private static void remove(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED,
                    "the demo's folder could not be removed: " + e.getMessage(),
                    "remove it yourself: " + folder,
                    e);
        }
    }
}
