package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.contents.BackupContents;
import dev.pgkeep.repository.pack.ChunkIdSet;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.Sweep;
import dev.pgkeep.repository.pack.SweepPlan;
import dev.pgkeep.repository.storage.FileErrors;
import dev.pgkeep.repository.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Marks what the metadata of all backups leads to, and takes the rest back. When there is any doubt about what a backup
 * needs, nothing is taken.
 */
final class ChunkSweep {
    private final Layout layout;
    private final RunFiles runs;
    private final Storage storage;
    private final Cancellation cancellation;

    ChunkSweep(Layout layout, RunFiles runs, Storage storage, Cancellation cancellation) {
        this.layout = layout;
        this.runs = runs;
        this.storage = storage;
        this.cancellation = cancellation;
    }

    Swept run(boolean dryRun) {
        if (!Files.isDirectory(layout.root().resolve("packs"))) {
            return Swept.NOTHING;
        }
        Optional<FileLockHandle> alone = ChunkLock.alone(layout);
        if (alone.isEmpty()) {
            return Swept.not("another run is reading or writing chunks; the next prune takes back what nobody needs");
        }
        try (FileLockHandle lease = alone.get()) {
            // Before the list: another run may be putting them in their place.
            List<Summary> decided = new ArrayList<>();
            for (Path commit : new WorkFolders(layout).commits()) {
                read(commit).ifPresent(decided::add);
            }
            // Everything is listed, also what is being removed: its removal may still fail.
            List<StoredBackup> backups = new Listing(layout, Set.of()).read();
            Optional<StoredBackup> unknown = backups.stream()
                    .filter(backup -> backup.metadata().isPresent() && !backup.isOurs())
                    .findFirst();
            if (unknown.isPresent()) {
                return Swept.not("nobody knows what " + unknown.get().name()
                        + " needs, whose metadata cannot be read: mend or delete it first");
            }
            List<StoredBackup> lost = new LostBackups(layout, runs.runs()).find();
            if (!lost.isEmpty()) {
                return Swept.not("nobody knows what " + lost.getFirst().name()
                        + (lost.size() > 1 ? " and " + (lost.size() - 1) + " more need" : " needs")
                        + ", whose metadata is gone: put it back from a copy of the repository, or let it go: pgkeep"
                        + " delete " + lost.getFirst().name());
            }
            backups.forEach(backup -> backup.summary().ifPresent(decided::add));
            return sweep(decided, dryRun);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.REPOSITORY_INVALID) {
                throw e;
            }
            return Swept.not("nobody knows what an interrupted backup needs: " + e.getMessage());
        }
    }

    /** Metadata that an interrupted run left in its work folder; empty when it has been put in its place by now. */
    private static Optional<Summary> read(Path commit) {
        try {
            return Optional.of(ManifestJson.readSummary(RegularFile.bytes(commit), commit.toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + commit);
        }
    }

    private Swept sweep(List<Summary> backups, boolean dryRun) {
        ChunkIdSet live = new ChunkIdSet();
        ChunkStore store = new ChunkStore(storage);
        for (Summary backup : backups) {
            cancellation.check();
            try {
                mark(backup, store, live);
            } catch (PgkeepException e) {
                return Swept.not("what " + backup.name() + " needs cannot be read (" + e.getMessage()
                        + "): delete it first, or verify it");
            }
        }
        Sweep sweep = Sweep.prepare(storage);
        SweepPlan plan = sweep.plan(live);
        if (dryRun) {
            return new Swept(plan.bytesToWin(), Optional.empty());
        }
        // Even where there is nothing to be done for chunks: a dead run may have left half a file.
        return new Swept(sweep.execute(plan, live, cancellation).bytesFreed(), Optional.empty());
    }

    private static void mark(Summary summary, ChunkStore store, ChunkIdSet live) {
        for (Manifest.Copy copy : summary.copies()) {
            Manifest.Chunks chunks = copy.chunks();
            if (chunks != null) {
                BackupContents.read(store, chunks).forEachChunk(live::add);
            }
        }
    }
}
