package dev.pgkeep.operation.restore.source;

import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.postgres.dump.ArchiveVersion;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.repository.StoredBackup;
import java.util.Optional;

/**
 * A dump in one of PostgreSQL's own formats.
 *
 * @param name how it is called in messages
 * @param dump the file or folder
 * @param manifest its metadata, when pgkeep made it
 * @param backup its place in a repository, when it is in one
 * @param moneyLocale under which money in it was printed, where that is known
 */
public record DumpSource(
        String name,
        DumpFile dump,
        Optional<Manifest> manifest,
        Optional<StoredBackup> backup,
        Optional<String> moneyLocale)
        implements RestoreSource {
    /** Whether pgkeep wrote the dump, as it did what has metadata; a script is trusted, as nobody else reads it. */
    @Override
    public boolean isTrusted() {
        return manifest.isPresent() || !dump.format().isArchive();
    }

    @Override
    public String describe() {
        return dump.describe();
    }

    @Override
    public Optional<String> archiveVersion() {
        return ArchiveVersion.of(dump);
    }
}
