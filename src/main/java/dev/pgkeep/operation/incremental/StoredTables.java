package dev.pgkeep.operation.incremental;

import dev.pgkeep.operation.incremental.TableHistory.Known;
import dev.pgkeep.operation.incremental.TableHistory.Unknown;
import dev.pgkeep.postgres.copy.CopyTable;
import dev.pgkeep.postgres.incremental.TableSignatures;
import dev.pgkeep.postgres.incremental.TableSignatures.Signature;
import dev.pgkeep.repository.contents.TableContents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of a backup; decides which live table is still one of them, so that rows that nobody wrote since read as
 * they are stored, and says why another one is not. Only for the server that the backup was made of. About 200 bytes
 * for each extent.
 */
public final class StoredTables {
    private final Map<Long, TableContents> byOid = new HashMap<>();

    public StoredTables(List<TableContents> tables) {
        tables.forEach(table -> table.trace().ifPresent(trace -> byOid.put(trace.oid(), table)));
    }

    /** @param signatures read in the snapshot in which the table was listed, which must be locked */
    public TableHistory of(CopyTable table, TableSignatures signatures) {
        return of(table, signatures.of(table.oid()));
    }

    TableHistory of(CopyTable table, Signature signature) {
        if (signature instanceof Signature.None none) {
            return new Unknown(none.why());
        }
        if (!table.blockRanges()) {
            return new Unknown("it cannot be read by blocks");
        }
        TableContents before = byOid.get(table.oid());
        if (before == null) {
            return new Unknown("the backup before does not have it");
        }
        if (before.fileNode() != table.fileNode()) {
            return new Unknown("rewritten since, as by VACUUM FULL, TRUNCATE or ALTER TABLE");
        }
        String known = ((Signature.Known) signature).hex();
        boolean same = before.trace().orElseThrow().signature().equals(known) && before.format() == table.format();
        return same ? new Known(before) : new Unknown("its columns or their types were changed since");
    }
}
