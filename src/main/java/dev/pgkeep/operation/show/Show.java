package dev.pgkeep.operation.show;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveVersion;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.tools.Archive;
import dev.pgkeep.postgres.tools.ClientTools;
import dev.pgkeep.postgres.tools.Version;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at one backup: what is known of it, and what is in it. */
public final class Show {
    private final Repository repository;
    private final Supplier<ClientTools> tools;
    private final Cancellation cancellation;

    /** @param tools asked for only where a program of PostgreSQL has to read an archive */
    public Show(Repository repository, Supplier<ClientTools> tools, Cancellation cancellation) {
        this.repository = repository;
        this.tools = tools;
        this.cancellation = cancellation;
    }

    /**
     * The facts about one backup.
     *
     * @param manifest the whole metadata; empty for a dump that pgkeep did not make
     * @param rowsDocument the document with the rows that the cleanup deleted for which this backup was made
     */
    public record Shown(StoredBackup backup, Optional<Manifest> manifest, Optional<Path> rowsDocument) {}

    /** @throws PgkeepException REPOSITORY_INVALID when its metadata cannot be read */
    public Shown run(StoredBackup backup) {
        return new Shown(
                backup,
                backup.isOurs() ? Optional.of(repository.manifest(backup)) : Optional.empty(),
                repository.rows().of(backup));
    }

    /** The marks of a backup, in the order in which they were noted. */
    public List<Mark> marks(Shown shown) {
        return shown.backup().marks().stream().map(repository::read).toList();
    }

    /**
     * The entries in the table of contents of a backup's archive, one line each.
     *
     * @throws PgkeepException TOOLS_MISSING, TOOLS_TOO_OLD, BACKUP_DAMAGED, FORMAT_UNSUPPORTED
     */
    public List<String> objects(Shown shown) {
        StoredBackup backup = shown.backup();
        Optional<Manifest.Chunks> chunks = shown.manifest().flatMap(Manifest::chunks);
        if (chunks.isPresent()) {
            return described(listing(new ChunkedSource(
                    shown.manifest().orElseThrow(),
                    chunks.get(),
                    backup,
                    repository.chunks().store())));
        }
        DumpFile dump = DumpFile.recognise(backup.data().getFirst());
        if (!dump.format().isArchive()) {
            return List.of("(a plain script has no table of contents)");
        }
        Archive archive = new Archive(
                backup.name(),
                ArchiveVersion.of(dump),
                Optional.empty(),
                shown.manifest().isPresent());
        return described(new DumpReader(() -> tools.get().chooseForRestore(archive, new Version(0, 0)), cancellation)
                .list(dump));
    }

    private static ArchiveListing listing(ChunkedSource source) {
        try (InputStream archive = source.skeleton()) {
            return ArchiveListing.read(archive)
                    .orElseThrow(() -> new PgkeepException(
                            ErrorCode.FORMAT_UNSUPPORTED,
                            "its archive was written by a pg_dump that this pgkeep does not know",
                            "update pgkeep to see what is in it"));
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot read its archive: " + e.getMessage(), "check the disk", e);
        }
    }

    private static List<String> described(ArchiveListing listing) {
        return listing.entries().stream().map(ArchiveListing.Entry::describe).toList();
    }
}
