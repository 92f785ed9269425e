package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.restore.plan.SourceContents;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.LiveDefinitions;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The definitions of a database as it is now: what a safety backup of it would hold. */
final class Definitions implements AutoCloseable {
    private final LiveDefinitions live;

    private Definitions(LiveDefinitions live) {
        this.live = live;
    }

    /**
     * Reads them with pg_dump.
     *
     * @param tools as new as the server at least
     * @throws PgkeepException DUMP_FAILED, LOCK_BUSY when somebody holds a table for seconds
     */
    static Definitions of(Target target, ClientSet tools, Cancellation cancellation) {
        return new Definitions(LiveDefinitions.of(target, tools, cancellation));
    }

    SourceContents contents() {
        return new SourceContents(
                new TreeMap<>(), Set.of(), Optional.of(live.listing()), Optional.empty(), Optional.empty());
    }

    /**
     * Whether the backup that is restored defines all of this in the same words: then its own load proves that it
     * loads, before anything is dropped.
     */
    boolean areAllIn(RestoreSource backup, ClientSet tools, Cancellation cancellation) {
        Optional<List<Definition>> theirs = switch (backup) {
            case ChunkedSource chunked -> chunked.definitions();
            case DumpSource other -> new DumpReader(tools, cancellation).definitions(other.dump());
        };
        Optional<List<Definition>> ours = live.definitions();
        return theirs.isPresent() && ours.isPresent() && made(theirs.get()).containsAll(made(ours.get()));
    }

    private static Set<Definition> made(List<Definition> all) {
        return all.stream()
                .filter(each -> !each.sql().isBlank() && !each.type().equals("DATABASE"))
                .collect(Collectors.toSet());
    }

    DumpSource source() {
        return new DumpSource("the safety backup", live.dump(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        live.close();
    }
}
