package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.files.HostSystem;
import dev.pgkeep.base.files.OwnedFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The one folder that holds everything of a cluster: {@code data}, {@code log} and the sockets. */
final class ClusterFolder {
    private static final int LONGEST_SOCKET_FOLDER = 85;

    private final OwnedFolder folder;

    private ClusterFolder(OwnedFolder folder) {
        this.folder = folder;
    }

    /** Makes the folder, open to this user (later the server's user) only. */
    static ClusterFolder create(Path parent) throws IOException {
        return new ClusterFolder(OwnedFolder.make(parent, "pgkeep-cluster-"));
    }

    /**
     * The folders of clusters whose owner died, and their watchdog too, as after a power cut or the end of a container.
     */
    List<Path> abandoned() throws IOException {
        return folder.abandoned();
    }

    Path root() {
        return folder.path();
    }

    Path data() {
        return root().resolve("data");
    }

    Path log() {
        return root().resolve("log");
    }

    /** The folder for the server's socket; empty where sockets are not to be had or the path would be too long. */
    Optional<Path> sockets() {
        boolean fits = !HostSystem.isWindows() && root().toString().length() <= LONGEST_SOCKET_FOLDER;
        return fits ? Optional.of(root()) : Optional.empty();
    }

    /** Gives up the lock, once the folder is gone. */
    void release() {
        folder.release();
    }
}
