package dev.pgkeep.operation.restore.rehearsal;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.operation.restore.plan.SourceContents;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The definitions of a database as it is now, in a temporary archive: what a safety backup of it would hold. */
final class Definitions implements AutoCloseable {
    private final TemporaryFile file;
    private final DumpFile dump;
    private final ArchiveListing listing;

    private Definitions(TemporaryFile file, DumpFile dump, ArchiveListing listing) {
        this.file = file;
        this.dump = dump;
        this.listing = listing;
    }

    /**
     * Reads them with pg_dump.
     *
     * @param tools as new as the server at least
     * @throws PgkeepException DUMP_FAILED, LOCK_BUSY when somebody holds a table for seconds
     */
    static Definitions of(Target target, ClientSet tools, Cancellation cancellation) {
        TemporaryFile file = TemporaryFile.named("definitions.dump");
        try {
            LibpqEnvironment environment = target.toolEnvironment("pgkeep");
            List<String> command = new ArrayList<>(tools.command(Tool.PG_DUMP));
            command.addAll(List.of(
                    "--format=custom",
                    "--compress=0",
                    "--schema-only",
                    "--lock-wait-timeout=5s",
                    "--file=" + file.path()));
            ClientResult result = new ClientProcess(command)
                    .environment(environment.set())
                    .without(environment.unset())
                    .run(cancellation);
            if (!result.ok()) {
                throw ClientErrors.translate(Tool.PG_DUMP, result, ErrorCode.DUMP_FAILED);
            }
            DumpFile dump = new DumpFile(file.path(), Format.CUSTOM, Compression.Method.NONE, false);
            return new Definitions(file, dump, listing(dump, tools, cancellation));
        } catch (PgkeepException e) {
            file.close();
            throw e;
        }
    }

    /** Of a file that pg_dump made just now: it does not notice everything that a full disk keeps it from writing. */
    private static ArchiveListing listing(DumpFile dump, ClientSet tools, Cancellation cancellation) {
        try {
            return new DumpReader(tools, cancellation).list(dump);
        } catch (PgkeepException e) {
            throw e.code() == ErrorCode.BACKUP_DAMAGED
                    ? new PgkeepException(
                            ErrorCode.DISK_FULL,
                            "a temporary file could not be written whole: " + e.getMessage(),
                            "check the space in the temporary folder, or choose another one with TMPDIR",
                            e)
                    : e;
        }
    }

    SourceContents contents() {
        return new SourceContents(new TreeMap<>(), Set.of(), Optional.of(listing), Optional.empty(), Optional.empty());
    }

    /**
     * Whether the backup that is restored defines all of this in the same words: then its own load proves that it
     * loads, before anything is dropped.
     */
    boolean areAllIn(RestoreSource backup, ClientSet tools, Cancellation cancellation) {
        DumpReader reader = new DumpReader(tools, cancellation);
        Optional<List<Definition>> theirs = switch (backup) {
            case ChunkedSource chunked -> chunked.definitions();
            case DumpSource other -> reader.definitions(other.dump());
        };
        Optional<List<Definition>> ours = reader.definitions(dump);
        return theirs.isPresent() && ours.isPresent() && made(theirs.get()).containsAll(made(ours.get()));
    }

    private static Set<Definition> made(List<Definition> all) {
        return all.stream()
                .filter(each -> !each.sql().isBlank() && !each.type().equals("DATABASE"))
                .collect(Collectors.toSet());
    }

    DumpSource source() {
        return new DumpSource("the safety backup", dump, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        file.close();
    }
}
