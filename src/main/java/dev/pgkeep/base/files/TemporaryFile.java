package dev.pgkeep.base.files;

import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is needed for a while, in a private folder of its own. It goes when it is closed; what a killed process
 * left behind, with the next one that is made.
 */
public final class TemporaryFile implements AutoCloseable {
    private static final String PREFIX = "pgkeep-file-";

    private final OwnedFolder folder;
    private final Path path;

    private TemporaryFile(OwnedFolder folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    /**
     * A place for it; there is nothing yet.
     *
     * @param name of the file in its folder
     * @throws PgkeepException FILE_FAILED, DISK_FULL, NO_PERMISSION
     */
    public static TemporaryFile named(String name) {
        try {
            OwnedFolder folder = OwnedFolder.make(Path.of(System.getProperty("java.io.tmpdir", "")), PREFIX);
            folder.removeAbandoned();
            return new TemporaryFile(folder, folder.path().resolve(name));
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    /**
     * Writes its content.
     *
     * @throws PgkeepException as {@link #named}
     */
    public void write(byte[] content) {
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw FileProblem.ofTemporaryFile(e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            folder.remove();
        } catch (IOException e) {
            // It is known to be abandoned from now on.
        }
    }
}
