package dev.pgkeep.postgres.connect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The socket where a server on this machine is looked for when no host is named. */
final class DefaultSocket {
    static final List<Path> FOLDERS =
            List.of(Path.of("/var/run/postgresql"), Path.of("/run/postgresql"), Path.of("/tmp"));

    private DefaultSocket() {}

    /** The folder of a socket for this port, else {@code localhost}. */
    static String host(int port) {
        return FOLDERS.stream()
                .filter(folder -> Files.exists(folder.resolve(".s.PGSQL." + port)))
                .findFirst()
                .map(Path::toString)
                .orElse("localhost");
    }
}
