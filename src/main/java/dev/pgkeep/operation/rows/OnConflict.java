package dev.pgkeep.operation.rows;

/** What becomes of rows whose place is taken by others. */
public enum OnConflict {
    /** Nothing is put back at all. */
    FAIL,
    /** Those stay out. */
    SKIP,
    /** Those that are there are replaced. */
    OVERWRITE
}
