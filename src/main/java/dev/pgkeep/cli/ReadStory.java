package dev.pgkeep.cli;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Table;
import dev.pgkeep.format.manifest.Reading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells in words how much of a database a backup read, and why it was not less. */
final class ReadStory {
    private static final int NAMED = 3;

    /** Tables that are worth a word. */
    private static final long LARGE = 1 << 20;

    private ReadStory() {}

    /** For instance {@code 12.0 MB of 1.3 GB, what changed since …}; empty for backups that do not tell. */
    static Optional<String> of(Manifest manifest) {
        return manifest.reading()
                .map(reading -> reading.base() == null
                        ? "everything, " + Sizes.text(reading.bytesRead())
                                + (reading.whole() == null ? "" : ": " + reading.whole())
                        : changes(reading, reading.base(), manifest.tables()));
    }

    private static String changes(Reading reading, String base, List<Table> tables) {
        List<Table> whole = tables.stream()
                .filter(table -> table.whole() != null && table.bytes() >= LARGE)
                .sorted(Comparator.comparingLong(Table::bytes).reversed())
                .toList();
        return Sizes.text(reading.bytesRead()) + " of " + Sizes.text(reading.bytesInAll())
                + ", what changed since " + base
                + whole.stream()
                        .limit(NAMED)
                        .map(table -> "; " + table.tableName() + " whole: " + table.whole())
                        .collect(Collectors.joining())
                + (whole.size() > NAMED ? "; " + Sizes.count(whole.size() - NAMED, "more table") + " whole" : "");
    }
}
