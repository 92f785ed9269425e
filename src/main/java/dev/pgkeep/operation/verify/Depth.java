package dev.pgkeep.operation.verify;

/** How deep a backup is looked into. */
public enum Depth {
    /** Sizes of files, and that the archive's table of contents can be read. */
    QUICK,
    /** Every byte against its checksum, decompressed to the end, every row counted. */
    FULL,
    /** As full, and loaded into a scratch database. */
    RESTORE
}
