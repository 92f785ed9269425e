package dev.pgkeep.storage;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Says what an error of the file system means and what to do about it. */
final class FileErrors {
    private FileErrors() {}

    static PgkeepException of(IOException e, String what) {
        String reason = String.valueOf(e instanceof FileSystemException f ? f.getReason() : e.getMessage());
        String text = (reason + " " + e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("disk quota") || text.contains("not enough space")) {
            return new PgkeepException(
                    ErrorCode.DISK_FULL,
                    what + ": the disk is full",
                    "free space or choose another folder with --repo; the earlier backups are untouched",
                    e);
        }
        if (e instanceof AccessDeniedException || text.contains("read-only") || text.contains("permission denied")) {
            return new PgkeepException(
                    ErrorCode.NO_PERMISSION,
                    what + ": no permission",
                    "check owner and mode of the folder, or choose another one with --repo",
                    e);
        }
        if (text.contains("input/output error")) {
            return new PgkeepException(
                    ErrorCode.FILE_FAILED,
                    what + ": " + reason,
                    "the disk fails: copy the repository to another one while it can be read",
                    e);
        }
        return new PgkeepException(ErrorCode.FILE_FAILED, what + ": " + reason, "check the disk and the path", e);
    }
}
