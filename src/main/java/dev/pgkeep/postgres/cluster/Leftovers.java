package dev.pgkeep.postgres.cluster;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Folders of clusters whose owner and watchdog are both dead, as after a power cut or the end of a container. */
final class Leftovers {
    /** A folder this much younger than ours may be one that is being made and not locked yet. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private Leftovers() {}

    /** Removes what is left beside our own new folder; what cannot be removed stays for another time. */
    static void removeBeside(ClusterFolder own, ServerPrograms programs, ServerUser user) throws IOException {
        long youngest = modified(own.root()) - GRACE.toMillis();
        try (DirectoryStream<Path> folders =
                Files.newDirectoryStream(own.root().getParent(), ClusterFolder.PREFIX + "*")) {
            for (Path folder : folders) {
                if (isDead(folder, youngest)) {
                    Watchdog.over(folder, programs, user).takeDown();
                }
            }
        }
    }

    private static boolean isDead(Path folder, long youngest) {
        try {
            return modified(folder) < youngest && !ClusterFolder.isOwned(folder);
        } catch (IOException anotherUsersOrGone) {
            return false;
        }
    }

    private static long modified(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder).toMillis();
    }
}
