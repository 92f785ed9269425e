package dev.pgkeep.operation.undo;

import dev.pgkeep.postgres.swap.KeptDatabase;
import java.nio.file.Path;

/** The way back: where an undo leads. */
public sealed interface WayBack {
    /** Nowhere: the last run was an undo that had swapped the names already when it was killed. */
    record Arrived() implements WayBack {}

    /** Leads to the database that was replaced and is kept: the names are swapped back. */
    record Kept(KeptDatabase database) implements WayBack {}

    /**
     * Leads to the rows that a cleanup deleted: they are put back, and everything else stays.
     *
     * @param document where they were written down
     */
    record Rows(Path document) implements WayBack {}

    /**
     * Leads to a backup of the whole database.
     *
     * @param name of the safety backup, or of the one where an undo was going that did not end well
     */
    record Backup(String name) implements WayBack {}
}
