package dev.pgkeep.repository.contents.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.columnar.RowSink;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunkReader;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;

/** Reads the rows of tables out of their chunks, one chunk at a time, and counts them. */
public final class TableRows {
    private final RowChunkReader reader;
    private final Progress progress;
    private final Cancellation cancellation;
    private final long inAll;
    private long done;

    /** @param inAll rows that there are to read */
    public TableRows(ChunkStore store, long inAll, Progress progress, Cancellation cancellation) {
        this.reader = new RowChunkReader(store);
        this.inAll = inAll;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** Rows so far. */
    public long count() {
        return done;
    }

    /** @throws PgkeepException BACKUP_DAMAGED naming table and blocks */
    public void read(TableContents table, RowSink sink) throws IOException {
        for (Extent extent : table.extents()) {
            read(table, extent, sink);
        }
    }

    /** The rows of one of its extents. @throws PgkeepException BACKUP_DAMAGED naming table and blocks */
    public void read(TableContents table, Extent extent, RowSink sink) throws IOException {
        long rows = 0;
        for (RowChunk chunk : extent.chunks()) {
            cancellation.check();
            rows += read(table, extent, chunk, sink);
        }
        if (rows != extent.content().rows()) {
            throw damaged(
                    table,
                    extent,
                    "there are " + rows + " rows instead of " + extent.content().rows(),
                    null);
        }
        done += rows;
        progress.advance(new Progress.Amount(done, inAll, done, table.name().toString()));
    }

    private int read(TableContents table, Extent extent, RowChunk stored, RowSink sink) throws IOException {
        try {
            return reader.rows(stored, sink);
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.CHUNK_DAMAGED || e.code() == ErrorCode.BACKUP_DAMAGED) {
                throw damaged(table, extent, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private static PgkeepException damaged(
            TableContents table, Extent extent, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                "cannot read the rows of " + table.name() + " from block " + extent.firstBlock() + " on: " + what,
                "choose another backup: pgkeep list; or restore what is left: pgkeep restore --skip-damaged",
                cause);
    }
}
