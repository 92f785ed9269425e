package dev.pgkeep.repository.storage;

import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import java.io.IOException;

/** Says what to do about errors of the file system where backups live. */
public final class FileErrors {
    private FileErrors() {}

    /**
     * The error to be thrown for one of the file system.
     *
     * @param what could not be done, as "cannot write FILE"
     */
    public static PgkeepException of(IOException e, String what) {
        return FileProblem.explain(e, what, problem -> switch (problem) {
            case FULL -> "free space or choose another folder with --repo; the earlier backups are untouched";
            case DENIED -> "check owner and mode of the folder, or choose another one with --repo";
            case MISSING -> "check the path";
            case BROKEN -> "the disk fails: copy the repository to another one while it can be read";
            case OTHER -> "check the disk and the path";
        });
    }
}
