package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ListSelection;
import java.util.List;
import java.util.Set;

/**
 * The chosen entries of an archive.
 *
 * @param entries in the order of the archive
 * @param notes what is worth knowing about that choice, one line each
 */
record ChosenEntries(List<Entry> entries, List<String> notes) {
    private static final Set<String> ATTRIBUTES = Set.of("COMMENT", "ACL", "SECURITY LABEL", "PUBLICATION TABLE");

    /** All entries, or those that belong to the tables and schemas that were asked for. */
    static ChosenEntries of(RestorePlan plan, ArchiveListing listing) {
        RestoreRequest request = plan.request();
        if (!request.isPartial()) {
            return new ChosenEntries(without(listing, listing.entries(), plan.leftOut()), List.of());
        }
        boolean empty = plan.way() != RestoreMode.ADD;
        List<Entry> entries = without(
                listing, ListSelection.choose(listing, request.tables(), request.schemas(), empty), plan.leftOut());
        return new ChosenEntries(entries, empty ? detached(listing, entries) : List.of());
    }

    /** What is left out takes its comments, rights and labels with it; a table also its rows and all its parts. */
    private static List<Entry> without(ArchiveListing listing, List<Entry> entries, Set<Integer> leftOut) {
        if (leftOut.isEmpty()) {
            return entries;
        }
        Set<TableName> tables = listing.tables(leftOut);
        return entries.stream()
                .filter(entry -> !leftOut.contains(entry.id()) && !entry.belongsTo(tables))
                .filter(entry -> !ATTRIBUTES.contains(entry.type())
                        || entry.dependsOn().stream().noneMatch(leftOut::contains))
                .toList();
    }

    /** The notes on partitions that come without their table. */
    private static List<String> detached(ArchiveListing listing, List<Entry> chosen) {
        return ListSelection.detached(listing, chosen).stream()
                .map(table -> table + " is a table of its own now: the table that it is a partition of"
                        + " was not asked for")
                .toList();
    }
}
