package dev.pgkeep.operation.export;

import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Section;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The script of everything but the rows, in the two parts that stand around them. */
final class SkeletonScript {
    /** Granted last, as pg_restore does: whoever loads the rows need not have the rights that are granted. */
    private static final Set<String> RIGHTS = Set.of("ACL", "ACL LANGUAGE", "DEFAULT ACL");

    private static final Set<String> TYPES = Set.of("TYPE", "DOMAIN", "SHELL TYPE");

    private final DumpReader reader;
    private final DumpFile archive;
    private final ScriptChoice choice;
    private final ArchiveListing listing;
    private final Set<String> skipped = new TreeSet<>();

    SkeletonScript(DumpReader reader, DumpFile archive, ScriptChoice choice) {
        this.reader = reader;
        this.archive = archive;
        this.choice = choice;
        this.listing = reader.list(archive);
    }

    /** Writes what is made before the rows. */
    void before(OutputStream out) throws IOException {
        if (isKnown()) {
            write(SkeletonScript::isBefore, out);
        } else {
            copy(List.of("--section=pre-data"), out);
        }
    }

    /** Large objects, values of sequences, then everything that is better made when the rows are there. */
    void after(OutputStream out) throws IOException {
        if (isKnown()) {
            write(entry -> !isBefore(entry), out);
        } else {
            copy(List.of("--section=data", "--section=post-data"), out);
        }
    }

    /** Writes only the definitions of types. */
    void types(OutputStream out) throws IOException {
        write(entry -> TYPES.contains(entry.type()), out);
    }

    /** Whether the listing tells which part an entry belongs to; else pg_restore decides. */
    private boolean isKnown() {
        return listing.entries().stream().allMatch(entry -> entry.section().isPresent());
    }

    private static boolean isBefore(Entry entry) {
        return entry.section().equals(java.util.Optional.of(Section.PRE_DATA)) && !RIGHTS.contains(entry.type());
    }

    private void write(Predicate<Entry> wanted, OutputStream out) throws IOException {
        List<Entry> entries = listing.entries().stream().filter(wanted).toList();
        if (entries.isEmpty()) {
            return;
        }
        try (TemporaryFile list = TemporaryFile.named("entries")) {
            list.write(ArchiveListing.useList(entries));
            copy(List.of("--use-list=" + list.path()), out);
        }
    }

    private void copy(List<String> options, OutputStream out) throws IOException {
        reader.copy(archive, options, choice, out, skipped);
    }
}
