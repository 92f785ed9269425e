package dev.pgkeep.restore;

import dev.pgkeep.dump.DumpReader;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.manifest.Manifest;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import dev.pgkeep.repository.Fingerprint;
import dev.pgkeep.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes sure that a backup is whole before anything is touched: against the checksums in its metadata, or, where it has
 * none, by reading it to its end.
 */
final class SourceCheck {
    private final Repository repository;
    private final DumpReader reader;
    private final Progress progress;
    private final Cancellation cancellation;

    SourceCheck(Repository repository, DumpReader reader, Progress progress, Cancellation cancellation) {
        this.repository = repository;
        this.reader = reader;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Checks.
     *
     * @return rows per table that the backup says it holds
     * @throws PgkeepException BACKUP_DAMAGED
     */
    SortedMap<TableName, Long> rowsOf(RestoreSource source) {
        progress.step("Checking " + source.name());
        if (source.manifest().isEmpty()) {
            return reader.scan(source.dump(), progress).rows();
        }
        Manifest manifest = source.manifest().get();
        copyOf(manifest, source).files().forEach(this::compare);
        SortedMap<TableName, Long> rows = new TreeMap<>();
        manifest.tables().stream()
                .filter(Manifest.Table::hasRows)
                .forEach(table -> rows.put(table.tableName(), table.rows()));
        return rows;
    }

    /** The stored form of the manifest that is going to be restored. */
    private Manifest.Copy copyOf(Manifest manifest, RestoreSource source) {
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
