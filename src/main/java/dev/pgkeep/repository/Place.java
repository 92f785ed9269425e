package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a run found at a path when it began. A folder that is moved away, or whose disk is unmounted, is
 * neither made again nor mistaken for the one that lies at the path by then. For several threads.
 */
final class Place {
    private final Path root;
    /** The identity of the folder in the file system; null before it was seen, and where there is no such thing. */
    private @Nullable Object key;

    /** The repository's identity: on some network disks the same folder does not keep its key. */
    private @Nullable String id;

    private boolean seen;

    Place(Path root) {
        this.root = root;
        look();
    }

    /** Makes the folder where there was none when this run began. */
    synchronized void prepare() {
        if (seen) {
            require();
        } else {
            PrivateFiles.createFolders(root);
            look();
        }
    }

    /** @throws PgkeepException REPOSITORY_INVALID when the folder that was there has gone, or is another one now */
    synchronized void require() {
        if (!seen || isSame()) {
            return;
        }
        throw new PgkeepException(
                ErrorCode.REPOSITORY_INVALID,
                "the repository " + root + " was moved away or unmounted while this run was at work; nothing is begun"
                        + " anew in its place",
                "put the folder back, or mount its disk, and run the same command again; or name its new place: --repo");
    }

    /** Notes what the folder is by now: after its header was written. */
    synchronized void look() {
        key = key(root);
        id = id();
        seen = Files.isDirectory(root);
    }

    private boolean isSame() {
        if (!Files.isDirectory(root)) {
            return false;
        }
        Object now = key(root);
        if (key == null || now == null || key.equals(now)) {
            return true;
        }
        if (id == null || !id.equals(id())) {
            return false;
        }
        key = now;
        return true;
    }

    private @Nullable String id() {
        try {
            return Header.read(new Layout(root, this)).map(Header::id).orElse(null);
        } catch (PgkeepException e) {
            // A header that cannot be read is refused where the repository is opened.
            return null;
        }
    }

    private static @Nullable Object key(Path folder) {
        try {
            return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
