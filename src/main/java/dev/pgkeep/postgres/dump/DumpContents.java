package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The contents of a dump that was read to its end.
 *
 * @param rows rows per table whose rows stand in the dump as COPY; partitions each by itself
 * @param expected rows per table that will be there when it was restored, those of INSERT among them, as far as the
 *     text tells; the schema is empty where it is left to the search path
 * @param uncounted tables that get rows, nobody can tell how many
 * @param created tables that the dump creates; the schema is empty where it is left to the search path
 * @param inserts whether there are INSERT statements
 * @param makesNothing whether it creates nothing, nor calls anything that may
 * @param scriptBytes bytes of the script, decompressed
 * @param serverVersion version of the server it came from, as the dump says
 * @param dumpVersion version of pg_dump that made it, as the dump says
 */
public record DumpContents(
        SortedMap<TableName, Long> rows,
        SortedMap<TableName, Long> expected,
        SortedSet<TableName> uncounted,
        SortedSet<TableName> created,
        boolean inserts,
        boolean makesNothing,
        long scriptBytes,
        Optional<String> serverVersion,
        Optional<String> dumpVersion) {

    /** Rows of all tables together. */
    public long totalRows() {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }
}
