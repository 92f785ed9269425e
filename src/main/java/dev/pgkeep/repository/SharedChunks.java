package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.pack.CheckReport;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.RepairIndex;
import dev.pgkeep.repository.pack.StoreCheck;
import dev.pgkeep.repository.storage.LocalStorage;
import java.nio.file.Files;
import java.util.Optional;

/** The chunks that the backups of a repository share, with the lock that keeps a sweep from whoever uses them. */
public final class SharedChunks {
    private final Layout layout;
    private final RunFiles runs;

    SharedChunks(Layout layout, RunFiles runs) {
        this.layout = layout;
        this.runs = runs;
    }

    /** The store of the chunks; its index is read at first use. */
    public ChunkStore store() {
        return new ChunkStore(storage());
    }

    /**
     * Keeps chunks from being taken back while they are read, or written for a backup that does not exist yet. Many may
     * hold this; a sweep waits for all of them.
     *
     * @throws PgkeepException BACKUP_IN_USE when a sweep does not end for very long
     */
    public FileLockHandle share(Cancellation cancellation) {
        return ChunkLock.share(layout, cancellation);
    }

    /**
     * Whether the index and the packs agree; no chunk is read unless they do not. Empty where there are no chunks, and
     * while a sweep is at work, which looks at them itself.
     */
    public Optional<CheckReport> look(Progress progress, Cancellation cancellation) {
        if (!Files.isDirectory(layout.root().resolve("packs"))) {
            return Optional.empty();
        }
        Optional<FileLockHandle> shared = ChunkLock.tryShare(layout);
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        try (FileLockHandle chunks = shared.get()) {
            return Optional.of(StoreCheck.run(storage(), StoreCheck.Depth.QUICK, 1, progress, cancellation));
        }
    }

    /**
     * Makes the index of chunks again from the packs alone.
     *
     * @param readAll whether every chunk is read, so that damaged ones are left out and the next backup stores them
     *     anew
     * @throws PgkeepException LOCK_BUSY while anybody reads or writes chunks; REPOSITORY_INVALID where there are no
     *     packs, or a newer pgkeep wrote some of it
     */
    public RepairIndex.Outcome rebuildIndex(boolean readAll, Cancellation cancellation) {
        if (!Files.isDirectory(layout.root().resolve("packs"))) {
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    "there are no packs in " + layout.root(),
                    "choose the folder of the repository with --repo; only chunked backups have an index");
        }
        try (FileLockHandle alone = ChunkLock.alone(layout)
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.LOCK_BUSY,
                        "another run is reading or writing chunks",
                        "try again when it has ended"))) {
            return RepairIndex.run(
                    storage(), readAll ? RepairIndex.Depth.CHUNKS : RepairIndex.Depth.TRAILERS, cancellation);
        }
    }

    /**
     * Takes back chunks that no backup needs any more, and what interrupted runs left of them. Done by nobody while
     * anybody reads or writes chunks.
     *
     * @param dryRun only tells what it would bring
     */
    public Swept sweep(boolean dryRun, Cancellation cancellation) {
        return new ChunkSweep(layout, runs, storage(), cancellation).run(dryRun);
    }

    private LocalStorage storage() {
        return new LocalStorage(layout.root(), layout.place()::require);
    }
}
