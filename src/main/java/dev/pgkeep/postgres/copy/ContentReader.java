package dev.pgkeep.postgres.copy;

import dev.pgkeep.columnar.RowHash;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.progress.Cancellation;
import java.util.List;
import java.util.Map;

/** Reads all rows of tables only to know their content: count and hash, as a backup records them. */
public final class ContentReader {
    public ContentReader(Connector connector, Target target, String application, int connections) {
        throw new UnsupportedOperationException();
    }

    /**
     * Content of every table, all in one snapshot.
     *
     * @param snapshot id of the exported snapshot in which the tables were listed
     */
    public Map<TableName, RowHash> read(List<CopyTable> tables, String snapshot, Cancellation cancellation) {
        throw new UnsupportedOperationException();
    }

    /** The same, summed by root of partitioned tables. */
    public static Map<TableName, RowHash> byRoot(List<CopyTable> tables, Map<TableName, RowHash> contents) {
        throw new UnsupportedOperationException();
    }
}
