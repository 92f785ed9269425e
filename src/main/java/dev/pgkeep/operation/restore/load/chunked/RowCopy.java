package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.MissingRows;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.copy.TableWriter;
import dev.pgkeep.repository.contents.Extent;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.contents.RowChunkReader;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** Copies extents of tables into a database, each batch by one COPY. One for each worker. */
final class RowCopy {
    private final ChunkStore store;
    private final LongConsumer onBytes;
    private final RowChunkReader reader;

    /** @param onBytes receives bytes of chunks as they are done */
    RowCopy(ChunkStore store, LongConsumer onBytes) {
        this.store = store;
        this.reader = new RowChunkReader(store);
        this.onBytes = onBytes;
    }

    /**
     * Copies extents into a table.
     *
     * @param into the table itself, or the root of its partitions
     * @param frozen whether these are all rows of a table that nobody else has seen yet: then they are in at once or
     *     not at all, and written as old ones
     * @throws PgkeepException what the server says; CHUNK_DAMAGED naming table, blocks and pack; PROOF_FAILED when the
     *     server counts other rows
     */
    void copy(Connection connection, TableContents table, TableName into, List<Extent> extents, boolean frozen) {
        List<String> columns =
                table.columns().stream().map(TableContents.Column::name).toList();
        try {
            if (frozen) {
                inTransaction(
                        connection,
                        () -> copy(
                                () -> TableWriter.openFrozen(connection, into, columns, table.format()),
                                table,
                                extents));
            } else {
                copy(() -> TableWriter.open(connection, into, columns, table.format()), table, extents);
            }
        } catch (PgkeepException e) {
            throw RowTransfer.failure(e);
        }
    }

    private static void inTransaction(Connection connection, Runnable copy) {
        try {
            connection.setAutoCommit(false);
            try {
                copy.run();
                connection.commit();
            } catch (PgkeepException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "writing rows");
        }
    }

    private static void rollBack(Connection connection, PgkeepException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it.
            cause.addSuppressed(e);
        }
    }

    private void copy(Supplier<TableWriter> open, TableContents table, List<Extent> extents) {
        long expected = 0;
        try (TableWriter writer = open.get()) {
            for (Extent extent : extents) {
                expected += extent.content().rows();
                write(writer, table, extent);
            }
            long written = writer.end();
            if (written != expected) {
                throw new PgkeepException(
                        ErrorCode.PROOF_FAILED,
                        "the server took " + Sizes.count(written, "row") + " of " + table.name() + " instead of "
                                + expected,
                        "check the backup: pgkeep verify");
            }
        }
    }

    private void write(TableWriter writer, TableContents table, Extent extent) {
        for (RowChunk each : extent.chunks()) {
            try {
                reader.rows(each, writer::write);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (PgkeepException e) {
                boolean ours = e.code() == ErrorCode.CHUNK_DAMAGED || e.code() == ErrorCode.OBJECT_MISSING;
                throw ours ? located(table, extent, e) : e;
            }
            onBytes.accept(store.find(each.base()).map(ChunkStore.Place::length).orElse(0));
        }
    }

    private static PgkeepException located(TableContents table, Extent extent, PgkeepException cause) {
        MissingRows rows = new MissingRows(
                table.name(),
                extent.firstBlock(),
                extent.blocks(),
                extent.content().rows(),
                cause.getMessage());
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                "cannot read " + rows.describe(),
                "it was whole when the restore began, so it was removed or changed meanwhile; choose another backup:"
                        + " pgkeep list; or take what is left with --skip-damaged",
                cause);
    }
}
