package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveVersion;
import dev.pgkeep.postgres.dump.ClientEncoding;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.contents.rows.StoredRows;
import dev.pgkeep.repository.contents.rows.TableRows;
import dev.pgkeep.repository.pack.ChunkId;
import dev.pgkeep.repository.pack.ChunkStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A backup of chunks: rows as columns, everything else as an archive of pg_dump, its skeleton.
 *
 * @param metadata its metadata
 * @param chunks where it begins
 * @param stored its place in the repository
 * @param store where its chunks are
 */
public record ChunkedSource(Manifest metadata, Manifest.Chunks chunks, StoredBackup stored, ChunkStore store)
        implements RestoreSource {
    private static final Set<String> TYPES = Set.of("TYPE", "DOMAIN");

    @Override
    public String name() {
        return metadata.name();
    }

    @Override
    public boolean isTrusted() {
        return true;
    }

    @Override
    public Optional<Manifest> manifest() {
        return Optional.of(metadata);
    }

    @Override
    public Optional<StoredBackup> backup() {
        return Optional.of(stored);
    }

    @Override
    public Optional<String> moneyLocale() {
        return metadata.moneyPrinted();
    }

    @Override
    public String describe() {
        return Format.CHUNKED.word();
    }

    /** Empty, too, where its beginning is damaged. */
    @Override
    public Optional<String> archiveVersion() {
        try (InputStream in = skeleton()) {
            return ArchiveVersion.of(in);
        } catch (IOException | PgkeepException e) {
            return Optional.empty();
        }
    }

    /** The archive that holds everything but rows. */
    public InputStream skeleton() {
        return new SkeletonStream(
                store, chunks.skeleton().stream().map(ChunkId::of).toList());
    }

    /**
     * Writes the skeleton to a temporary file; to be closed.
     *
     * @throws PgkeepException BACKUP_DAMAGED, FILE_FAILED, INTERRUPTED
     */
    public Skeleton skeletonFile(Cancellation cancellation) {
        try {
            return Skeleton.write(
                    store, chunks.skeleton().stream().map(ChunkId::of).toList(), cancellation);
        } catch (PgkeepException e) {
            throw asDamage("its schema", e);
        }
    }

    /**
     * Reads the list of what the backup consists of.
     *
     * @throws PgkeepException BACKUP_DAMAGED when that cannot be read
     */
    public BackupContents contents() {
        try {
            return BackupContents.read(store, chunks);
        } catch (PgkeepException e) {
            throw asDamage("the list of what it holds", e);
        }
    }

    /**
     * The statements that make what the backup holds, in restore order; empty where a newer pg_dump wrote them in a
     * layout that only its own pg_restore knows.
     *
     * @throws PgkeepException BACKUP_DAMAGED when they cannot be read
     */
    public Optional<List<ArchiveListing.Definition>> definitions() {
        try (InputStream in = skeleton()) {
            return ArchiveListing.definitions(in);
        } catch (PgkeepException e) {
            throw asDamage("its schema", e);
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    "its schema cannot be read (" + e.getMessage() + ")",
                    "choose another backup: pgkeep list",
                    e);
        }
    }

    /** The printers of values of the types that its database had, as far as they can be printed. */
    public TypePrinters printers() {
        String types = definitions().orElse(List.of()).stream()
                .filter(each -> TYPES.contains(each.type()))
                .map(ArchiveListing.Definition::sql)
                .collect(Collectors.joining("\n"));
        return new TypePrinters(types, metadata.server().versionNumber());
    }

    /** Reads its rows as texts. */
    public StoredRows rows(long inAll, Progress progress, Cancellation cancellation) {
        return new StoredRows(printers(), charset(), new TableRows(store, inAll, progress, cancellation));
    }

    /** The encoding in which the backup's text is stored. */
    public Charset charset() {
        return ClientEncoding.charset(metadata.properties().encoding());
    }

    private static PgkeepException asDamage(String what, PgkeepException e) {
        boolean damaged = e.code() == ErrorCode.CHUNK_DAMAGED || e.code() == ErrorCode.OBJECT_MISSING;
        return damaged
                ? new PgkeepException(
                        ErrorCode.BACKUP_DAMAGED,
                        what + " cannot be read (" + e.getMessage() + ")",
                        "choose another backup: pgkeep list",
                        e)
                : e;
    }
}
