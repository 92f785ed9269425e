package dev.pgkeep.postgres.catalog;

/** The kind of a relation with columns. */
public enum TableKind {
    TABLE,
    /** A table that stores rows of a partitioned one. */
    PARTITION,
    /** Stores nothing itself; a partition that is divided again is this too. */
    PARTITIONED,
    FOREIGN,
    MATERIALIZED_VIEW;

    /** Whether rows are stored here that a dump holds; a materialised view is computed again instead. */
    public boolean storesRows() {
        return this == TABLE || this == PARTITION;
    }

    static TableKind of(String word) {
        return switch (word) {
            case "r" -> TABLE;
            case "partition" -> PARTITION;
            case "p" -> PARTITIONED;
            case "f" -> FOREIGN;
            case "m" -> MATERIALIZED_VIEW;
            default -> throw new IllegalArgumentException("relkind " + word);
        };
    }
}
