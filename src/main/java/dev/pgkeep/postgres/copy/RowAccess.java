package dev.pgkeep.postgres.copy;

/** The way in which the rows of a table are read. */
public enum RowAccess {
    /** By runs of heap blocks, on several connections at once. */
    BLOCKS,
    /** By one query: its access method knows no blocks. */
    QUERY,
    /** By a COPY of the table itself, which nobody plans: no query on it can be planned under our settings. */
    COPY
}
