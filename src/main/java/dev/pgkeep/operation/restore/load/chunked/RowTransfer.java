package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.sql.Connection;
import java.util.List;

/** Copies rows into tables that are there, one table after the other, in the caller's transaction. */
public final class RowTransfer {
    /** The table that the rows of a table go to: itself, or the root of its partitions. */
    @FunctionalInterface
    public interface Destination {
        TableName of(TableContents table);
    }

    private final ChunkMeter meter;
    private final RowCopy copy;
    private final Cancellation cancellation;

    public RowTransfer(ChunkStore store, Progress progress, Cancellation cancellation) {
        this.meter = new ChunkMeter(store, progress);
        this.copy = new RowCopy(store, meter::add);
        this.cancellation = cancellation;
    }

    /**
     * Copies all rows of the tables.
     *
     * @param connection prepared by {@link dev.pgkeep.postgres.copy.TableWriter#prepare}
     * @throws PgkeepException what the server says; BACKUP_DAMAGED naming table, blocks and pack
     */
    public void copy(Connection connection, List<TableContents> tables, Destination into) {
        tables.forEach(table ->
                meter.expect(table.extents().stream().mapToLong(meter::size).sum()));
        for (TableContents table : tables) {
            cancellation.check();
            meter.on(table.name().toString());
            copy.copy(connection, table, into.of(table), table.extents(), false);
        }
    }

    /**
     * The failure as one of the restore: what the server refuses while rows go in is a restore that failed, whichever
     * statement it was.
     */
    public static PgkeepException failure(PgkeepException cause) {
        return cause.code() == ErrorCode.SQL_FAILED
                ? new PgkeepException(ErrorCode.RESTORE_FAILED, cause.getMessage(), cause.hint(), cause)
                : cause;
    }
}
