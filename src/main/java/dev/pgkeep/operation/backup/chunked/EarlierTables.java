package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.operation.incremental.StoredTables;
import dev.pgkeep.operation.incremental.TableHistory;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.List;
import java.util.Optional;

/**
 * The tables of the backup that a new one builds on; decides for each table whether it is asked what changed in it, and
 * says why not. About 200 bytes for each extent.
 */
final class EarlierTables {
    private final StoredTables stored;
    private final ParentExtents extents;
    private final Optional<String> whole;

    private EarlierTables(List<TableContents> tables, Optional<String> whole) {
        this.stored = new StoredTables(tables);
        this.extents = new ParentExtents(tables);
        this.whole = whole;
    }

    /** @param why everything is read, for people */
    static EarlierTables none(String why) {
        return new EarlierTables(List.of(), Optional.of(why));
    }

    /** @throws dev.pgkeep.base.error.PgkeepException CHUNK_DAMAGED when the list of what it holds cannot be read */
    static EarlierTables of(Since since, ChunkStore store) {
        return new EarlierTables(
                BackupContents.read(store, since.chunks()).tables(),
                since.isCompared() ? Optional.empty() : since.whole());
    }

    /** The chunks that may be kept where the same rows are read again. */
    ParentExtents extents() {
        return extents;
    }

    DumpedTable table(CopyTable table, TableSignatures signatures) {
        TableHistory history =
                whole.<TableHistory>map(TableHistory.Unknown::new).orElseGet(() -> stored.of(table, signatures));
        return new DumpedTable(table, signatures.of(table.oid()), history);
    }
}
