package dev.pgkeep.operation.verify;

/** The depth to which a backup is looked into. */
public enum Depth {
    /** Sizes of files, and that the archive's table of contents can be read. */
    QUICK,
    /** Every byte against its checksum, decompressed to the end, every row counted. */
    FULL,
    /** Does what full does, and loads the backup into a scratch database. */
    RESTORE
}
