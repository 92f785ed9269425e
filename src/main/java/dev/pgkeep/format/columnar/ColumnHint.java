package dev.pgkeep.format.columnar;

/** The kind of values to expect in a column. It only steers how they are packed: decoding does not need it. */
public enum ColumnHint {
    /** Nothing is known. */
    ANY,
    /** PostgreSQL's numeric in its binary form: packed as scaled integers where all values of a chunk allow it. */
    NUMERIC,
    /** PostgreSQL's real or double precision: packed as scaled integers where most values of a chunk were decimals. */
    REAL,
    /** One of PostgreSQL's arrays: taken apart into elements. */
    ARRAY
}
