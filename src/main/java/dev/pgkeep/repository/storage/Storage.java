package dev.pgkeep.repository.storage;

import java.util.List;

/**
 * Objects by path. Paths are relative, with forward slashes, of lower-case letters, digits, {@code .}, {@code -} and
 * {@code _}; none ends with {@code .tmp}. All methods may be called by several threads, and throw
 * {@link dev.pgkeep.base.error.PgkeepException}: OBJECT_MISSING, DISK_FULL, NO_PERMISSION, FILE_FAILED,
 * REPOSITORY_INVALID (what holds the objects is gone as a whole).
 */
public interface Storage {
    /**
     * Stores an object: when this returns, all of it is there and survives a power loss.
     *
     * @return false when an object of that path was there already; it is left as it is
     */
    boolean create(String path, byte[] bytes, int offset, int length);

    /** Reads a range. Fewer bytes come back where the object ends early. */
    byte[] read(String path, long offset, int length);

    /** The objects whose path begins with a folder, in the order of their paths; none when there is no such folder. */
    List<Stored> list(String folder);

    /** Removes an object, for good when this returns; one that is not there is no error. */
    void delete(String path);

    /**
     * Removes what crashed writers left half-written below a folder. Nothing of it is ever listed or read. Only for
     * callers that hold the exclusive lock: a writer at work would lose its object.
     *
     * @return bytes that were taken back
     */
    long removeUnfinished(String folder);

    /** An object and its length. */
    record Stored(String path, long bytes) {}
}
