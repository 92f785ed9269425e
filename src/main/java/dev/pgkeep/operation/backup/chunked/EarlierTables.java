package dev.pgkeep.operation.backup.chunked;

import dev.pgkeep.operation.backup.chunked.DumpedTable.Earlier;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.postgres.incremental.TableSignatures.Signature;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.pack.ChunkStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of the backup that a new one builds on; decides for each table whether it is asked what changed in it, and
 * says why not. About 200 bytes for each extent.
 */
final class EarlierTables {
    private final Map<Long, TableContents> byOid = new HashMap<>();
    private final ParentExtents extents;
    private final Optional<String> whole;

    private EarlierTables(List<TableContents> tables, Optional<String> whole) {
        tables.forEach(table -> table.trace().ifPresent(trace -> byOid.put(trace.oid(), table)));
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
        Signature signature = signatures.of(table.oid());
        Optional<String> reason = whole.or(() -> reason(table, signature));
        return new DumpedTable(
                table,
                signature,
                new Earlier(reason.isPresent() ? Optional.empty() : Optional.of(byOid.get(table.oid())), reason));
    }

    /** Why the rows of a table cannot be told from those of the earlier backup. */
    private Optional<String> reason(CopyTable table, Signature signature) {
        if (signature instanceof Signature.None none) {
            return Optional.of(none.why());
        }
        if (!table.blockRanges()) {
            return Optional.of("it cannot be read by blocks");
        }
        TableContents earlier = byOid.get(table.oid());
        if (earlier == null) {
            return Optional.of("the backup before does not have it");
        }
        if (earlier.fileNode() != table.fileNode()) {
            return Optional.of("rewritten since, as by VACUUM FULL, TRUNCATE or ALTER TABLE");
        }
        String known = ((Signature.Known) signature).hex();
        boolean same = earlier.trace().orElseThrow().signature().equals(known) && earlier.format() == table.format();
        return same ? Optional.empty() : Optional.of("its columns or their types were changed since");
    }
}
