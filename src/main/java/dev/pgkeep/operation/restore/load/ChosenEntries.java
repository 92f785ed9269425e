package dev.pgkeep.operation.restore.load;

import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ListSelection;
import java.util.List;

/**
 * The chosen entries of an archive.
 *
 * @param entries in the order of the archive
 * @param notes what is worth knowing about that choice, one line each
 */
record ChosenEntries(List<Entry> entries, List<String> notes) {
    /** All entries, or those that belong to the tables and schemas that were asked for. */
    static ChosenEntries of(RestorePlan plan, ArchiveListing listing) {
        RestoreRequest request = plan.request();
        if (!request.isPartial()) {
            return new ChosenEntries(listing.entries(), List.of());
        }
        boolean empty = plan.way() != RestoreMode.ADD;
        List<Entry> entries = ListSelection.choose(listing, request.tables(), request.schemas(), empty);
        return new ChosenEntries(entries, empty ? detached(listing, entries) : List.of());
    }

    /** The notes on partitions that come without their table. */
    private static List<String> detached(ArchiveListing listing, List<Entry> chosen) {
        return ListSelection.detached(listing, chosen).stream()
                .map(table -> table + " is a table of its own now: the table that it is a partition of"
                        + " was not asked for")
                .toList();
    }
}
