package dev.pgkeep.base.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.function.Function;

/**
 * The meaning of an error of the file system. What to do about it depends on the file, and comes from whoever wanted
 * it.
 */
public enum FileProblem {
    /** No space, or no more of it for this user. */
    FULL(ErrorCode.DISK_FULL),
    /** Not for this user, or a disk that may only be read. */
    DENIED(ErrorCode.NO_PERMISSION),
    /** The file, or a folder above it, is not there. */
    MISSING(ErrorCode.FILE_FAILED),
    /** The disk itself fails. */
    BROKEN(ErrorCode.FILE_FAILED),
    /** Anything else. */
    OTHER(ErrorCode.FILE_FAILED);

    private final ErrorCode code;

    FileProblem(ErrorCode code) {
        this.code = code;
    }

    /**
     * The error to be thrown for one of the file system.
     *
     * @param what could not be done, as "cannot write FILE"
     */
    public static PgkeepException explain(IOException e, String what, Function<FileProblem, String> hint) {
        String reason = reason(e);
        FileProblem problem = of(e, (reason + " " + e.getMessage()).toLowerCase(Locale.ROOT));
        String why = switch (problem) {
            case FULL -> "the disk is full";
            case DENIED -> "no permission";
            case MISSING -> "no such file or folder";
            case BROKEN, OTHER -> reason;
        };
        return new PgkeepException(problem.code, what + ": " + why, hint.apply(problem), e);
    }

    /** The error to be thrown for files in the system's temporary folder. */
    public static PgkeepException ofTemporaryFile(IOException e) {
        return explain(
                e,
                "cannot write a temporary file",
                problem -> "check the space in the temporary folder, or choose another one with TMPDIR");
    }

    /** The compression library is unpacked into that folder, too, and loaded from there. */
    public static PgkeepException ofLibrary(LinkageError e) {
        Throwable first = e;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String why = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
        return new PgkeepException(
                why.toLowerCase(Locale.ROOT).contains("no space left") ? ErrorCode.DISK_FULL : ErrorCode.FILE_FAILED,
                "the compression library cannot be loaded from the temporary folder: " + why,
                "check its space, and that programs may run from it (no noexec), or choose another one with TMPDIR",
                e);
    }

    private static FileProblem of(IOException e, String text) {
        if (text.contains("no space left") || text.contains("disk quota") || text.contains("not enough space")) {
            return FULL;
        }
        if (e instanceof AccessDeniedException || text.contains("read-only") || text.contains("permission denied")) {
            return DENIED;
        }
        if (e instanceof NoSuchFileException) {
            return MISSING;
        }
        return text.contains("input/output error") ? BROKEN : OTHER;
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        return String.valueOf(reason == null ? e.getMessage() : reason);
    }
}
