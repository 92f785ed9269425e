package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.PartitionRows;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.backup.BackupPlan.PlannedCopy;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpContents;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads back what was just written, to the last byte, and holds it against the database: every table is there, with
 * exactly the rows that were counted in the snapshot.
 */
final class BackupCheck {
    private final BackupPlan plan;
    private final Dump.Result dumped;
    private final Progress progress;
    private final DumpReader reader;

    BackupCheck(BackupPlan plan, Dump.Result dumped, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.dumped = dumped;
        this.progress = progress;
        this.reader = new DumpReader(plan.tools(), cancellation);
    }

    /** @throws PgkeepException BACKUP_DAMAGED or DUMP_FAILED when anything differs */
    void check(PlannedCopy copy, Path path) {
        DumpFile dump = DumpFile.recognise(path);
        if (dump.format() != copy.format()) {
            throw wrong("it was written as " + copy.format() + " but reads as " + dump.format());
        }
        DumpContents contents = reader.scan(dump, progress);
        compareRows(contents);
        if (plan.request().filters().isEmpty()) {
            checkNothingLeftOut();
            if (copy.format().isArchive() && plan.request().content() != Content.DATA) {
                checkListing(reader.list(dump));
            }
        }
    }

    private void compareRows(DumpContents contents) {
        Map<TableName, TableName> roots = new HashMap<>();
        dumped.facts().tables().forEach(table -> table.partitionOf().ifPresent(root -> roots.put(table.name(), root)));
        Set<TableName> named = contents.rows().keySet();
        Map<TableName, Long> stored = PartitionRows.added(contents.rows(), roots, named);
        Map<TableName, Long> expected = PartitionRows.added(dumped.rows(), roots, named);
        for (Map.Entry<TableName, Long> counted : expected.entrySet()) {
            Long rows = stored.get(counted.getKey());
            if (!counted.getValue().equals(rows)) {
                throw wrong("the table " + counted.getKey() + " has " + counted.getValue()
                        + " rows in the database and " + (rows == null ? "none" : rows) + " in the backup");
            }
        }
        Set<TableName> unknown = new TreeSet<>(stored.keySet());
        unknown.removeAll(expected.keySet());
        if (!unknown.isEmpty()) {
            throw wrong("the backup holds rows of tables that were not counted: " + unknown);
        }
    }

    private void checkNothingLeftOut() {
        if (plan.request().content() == Content.SCHEMA) {
            return;
        }
        Set<TableName> missing = new TreeSet<>();
        for (TableInfo table : dumped.facts().tables()) {
            if (!Dump.isIn(dumped.rows(), table)
                    && !(table.unlogged() && plan.server().standby())) {
                missing.add(table.name());
            }
        }
        if (!missing.isEmpty()) {
            throw wrong("pg_dump left out " + missing);
        }
    }

    private void checkListing(ArchiveListing listing) {
        Map<TableName, String> owners = new HashMap<>();
        listing.ofType("TABLE").forEach(entry -> owners.put(entry.named(), entry.owner()));
        for (TableInfo table : dumped.facts().tables()) {
            if (table.extension().isEmpty() && !table.owner().equals(owners.get(table.name()))) {
                throw wrong("the table " + table.name() + " is missing in its table of contents");
            }
        }
    }

    private static PgkeepException wrong(String what) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                "the new backup is not right: " + what,
                "nothing was kept; run it again, and report this if it happens twice");
    }
}
