package dev.pgkeep.operation.restore.plan;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.delta.DatabaseDelta;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.catalog.ServerInfo;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpContents;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.ClientSet;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Fingerprint;
import dev.pgkeep.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes sure that a backup is whole before anything is touched: against the checksums in its metadata, or, where it has
 * none, by reading it to its end.
 */
public final class SourceCheck {
    private final Repository repository;
    private final ClientSet tools;
    private final Progress progress;
    private final Cancellation cancellation;

    public SourceCheck(Repository repository, ClientSet tools, Progress progress, Cancellation cancellation) {
        this.repository = repository;
        this.tools = tools;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** The client programs for a backup and a server. */
    public static ClientSet choose(ClientTools tools, RestoreSource source, ServerInfo server) {
        return tools.chooseForRestore(source.archive(), Version.ofNumber(server.versionNumber()));
    }

    /**
     * Checks a source before it is restored.
     *
     * @return what the backup holds of what is wanted
     * @throws PgkeepException BACKUP_DAMAGED
     */
    public SourceContents check(RestoreSource source, RestoreRequest request) {
        return check(source, request, Optional.empty());
    }

    /** Checks a source as {@link #check}. @param delta what is needed of it, where only what differs is replaced */
    SourceContents check(RestoreSource source, RestoreRequest request, Optional<DatabaseDelta> delta) {
        progress.step("Checking " + source.name());
        return switch (source) {
            case DumpSource dump -> check(dump, request);
            case ChunkedSource chunked ->
                new ChunkedCheck(tools, progress, cancellation).check(chunked, request, delta);
        };
    }

    private SourceContents check(DumpSource source, RestoreRequest request) {
        DumpReader reader = new DumpReader(tools, cancellation);
        Optional<DumpContents> scanned =
                source.manifest().isEmpty() ? Optional.of(reader.scan(source.dump(), progress)) : Optional.empty();
        SortedMap<TableName, Long> rows = scanned.map(DumpContents::expected).orElseGet(() -> rowsOf(source));
        Optional<ArchiveListing> listing =
                source.dump().format().isArchive() ? Optional.of(reader.list(source.dump())) : Optional.empty();
        Set<TableName> uncounted =
                new TreeSet<>(scanned.map(DumpContents::uncounted).orElseGet(TreeSet::new));
        uncounted.removeIf(table -> request.content() == Content.SCHEMA || !request.wants(table));
        return new SourceContents(wanted(rows, request), uncounted, listing, scanned, Optional.empty());
    }

    /** The rows of the tables that were asked for; nothing where only the schema is wanted. */
    static SortedMap<TableName, Long> wanted(SortedMap<TableName, Long> rows, RestoreRequest request) {
        SortedMap<TableName, Long> wanted = new TreeMap<>();
        if (request.content() != Content.SCHEMA) {
            rows.forEach((table, count) -> {
                if (request.wants(table)) {
                    wanted.put(table, count);
                }
            });
        }
        return wanted;
    }

    /** Rows per table as a manifest has them. */
    static SortedMap<TableName, Long> rows(Manifest manifest) {
        SortedMap<TableName, Long> rows = new TreeMap<>();
        manifest.tables().stream()
                .filter(Manifest.Table::hasRows)
                .forEach(table -> rows.put(table.tableName(), table.rows()));
        return rows;
    }

    private SortedMap<TableName, Long> rowsOf(DumpSource source) {
        Manifest manifest = source.manifest().orElseThrow();
        copyOf(manifest, source).files().forEach(this::compare);
        return rows(manifest);
    }

    /** The stored form of the manifest that is going to be restored. */
    private Manifest.Copy copyOf(Manifest manifest, DumpSource source) {
        return manifest.copies().stream()
                .filter(copy -> repository
                        .root()
                        .resolve(copy.path())
                        .equals(source.dump().path()))
                .findFirst()
                .orElse(manifest.copies().getFirst());
    }

    private void compare(Manifest.StoredFile file) {
        Path path = repository.root().resolve(file.path());
        if (!Files.exists(path)) {
            throw damaged(file.path() + " is missing");
        }
        Manifest.StoredFile found = Fingerprint.ofFile(repository.root(), path, cancellation);
        if (found.bytes() != file.bytes()) {
            throw damaged(file.path() + " has " + found.bytes() + " bytes instead of " + file.bytes());
        }
        if (!found.sha256().equals(file.sha256())) {
            throw damaged(file.path() + " does not have the checksum that its metadata says");
        }
    }

    private static PgkeepException damaged(String what) {
        return new PgkeepException(ErrorCode.BACKUP_DAMAGED, what, "choose another backup: pgkeep list");
    }
}
