package dev.pgkeep.operation.rows;

/** The treatment of rows whose place is taken by others. */
public enum OnConflict {
    /** Puts nothing back at all. */
    FAIL,
    /** Leaves conflicting rows out. */
    SKIP,
    /** Replaces the rows that are there. */
    OVERWRITE
}
