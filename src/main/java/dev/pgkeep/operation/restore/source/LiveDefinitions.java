package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Compression;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.LibpqEnvironment;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientErrors;
import dev.pgkeep.postgres.tools.ClientProcess;
import dev.pgkeep.postgres.tools.ClientResult;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The definitions of a database as it is now, in a temporary archive. */
public final class LiveDefinitions implements AutoCloseable {
    /** What an archive holds besides definitions: values, and what is computed from rows. */
    private static final Set<String> CONTENT = Set.of("SEQUENCE SET", "TABLE DATA", "MATERIALIZED VIEW DATA");

    private final TemporaryFile file;
    private final DumpFile dump;
    private final DumpReader reader;
    private final ArchiveListing listing;

    private LiveDefinitions(TemporaryFile file, DumpFile dump, DumpReader reader, ArchiveListing listing) {
        this.file = file;
        this.dump = dump;
        this.reader = reader;
        this.listing = listing;
    }

    /**
     * Reads them with pg_dump.
     *
     * @param tools as new as the server at least
     * @throws PgkeepException DUMP_FAILED, LOCK_BUSY when somebody holds a table for seconds
     */
    public static LiveDefinitions of(Target target, ClientSet tools, Cancellation cancellation) {
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
            DumpReader reader = new DumpReader(tools, cancellation);
            return new LiveDefinitions(file, dump, reader, listing(dump, reader));
        } catch (PgkeepException e) {
            file.close();
            throw e;
        }
    }

    /** Of a file that pg_dump made just now: it does not notice everything that a full disk keeps it from writing. */
    private static ArchiveListing listing(DumpFile dump, DumpReader reader) {
        try {
            return reader.list(dump);
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

    /** The archive. */
    public DumpFile dump() {
        return dump;
    }

    /** Its table of contents. */
    public ArchiveListing listing() {
        return listing;
    }

    /** The statements in it; empty where its layout is not known. */
    public Optional<List<Definition>> definitions() {
        return reader.definitions(dump);
    }

    /** Whether a backup holds rows, or large objects, outside of its chunks of rows. */
    public static boolean holdsMore(ChunkedSource backup) {
        return entries(backup).stream()
                .flatMap(List::stream)
                .anyMatch(entry -> entry.type().equals("TABLE DATA") || isLargeObject(entry));
    }

    private static boolean isLargeObject(Entry entry) {
        return entry.type().startsWith("BLOB") || entry.name().startsWith("LARGE OBJECT");
    }

    /** The first definition that a backup and the database do not have in the same words, for people. */
    public Optional<String> differenceFrom(ChunkedSource backup) {
        Optional<List<Entry>> theirs = entries(backup);
        Optional<List<Definition>> theirWords = backup.definitions();
        Optional<List<Definition>> ourWords = definitions();
        if (theirs.isEmpty() || theirWords.isEmpty() || ourWords.isEmpty()) {
            return Optional.of("the definitions cannot be compared");
        }
        return difference(facts(theirs.get()), facts(listing.entries()))
                .or(() -> difference(words(theirWords.get()), words(ourWords.get())))
                .map(what -> what + " is defined otherwise now");
    }

    private static Optional<List<Entry>> entries(ChunkedSource backup) {
        try (InputStream in = backup.skeleton()) {
            return ArchiveListing.read(in).map(ArchiveListing::entries);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Owners, schemas and tablespaces, by what they are of. */
    private static Map<String, String> facts(List<Entry> entries) {
        return named(
                entries,
                entry -> !CONTENT.contains(entry.type()) && !isDatabase(entry.type(), entry.name()),
                entry -> named(entry.type(), entry.named(), entry.table()),
                entry -> entry.owner() + "\n" + entry.tablespace());
    }

    private static Map<String, String> words(List<Definition> definitions) {
        return named(
                definitions,
                each -> !CONTENT.contains(each.type())
                        && !isDatabase(each.type(), each.name().name())
                        && !each.sql().isBlank(),
                each -> named(each.type(), each.name(), each.table()),
                Definition::sql);
    }

    private static String named(String type, TableName name, Optional<TableName> table) {
        return type + " " + (name.schema().isEmpty() ? name.name() : name.toString())
                + table.map(each -> " of " + each).orElse("");
    }

    /** The database itself is compared by its properties, where that is asked for. */
    private static boolean isDatabase(String type, String name) {
        return type.startsWith("DATABASE") || name.startsWith("DATABASE ");
    }

    private static <T> Map<String, String> named(
            List<T> all,
            Predicate<T> wanted,
            java.util.function.Function<T, String> name,
            java.util.function.Function<T, String> fact) {
        Map<String, String> named = new HashMap<>();
        all.stream().filter(wanted).forEach(each -> named.merge(name.apply(each), fact.apply(each), String::concat));
        return named;
    }

    private static Optional<String> difference(Map<String, String> one, Map<String, String> other) {
        return one.entrySet().stream()
                .filter(each -> !each.getValue().equals(other.get(each.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .or(() -> other.keySet().stream()
                        .filter(each -> !one.containsKey(each))
                        .sorted()
                        .findFirst());
    }

    @Override
    public void close() {
        file.close();
    }
}
