package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.pack.CheckReport;
import dev.pgkeep.repository.pack.ChunkStore;
import dev.pgkeep.repository.pack.RepairIndex;
import dev.pgkeep.repository.pack.StoreCheck;
import dev.pgkeep.repository.storage.FileErrors;
import dev.pgkeep.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A folder of backups: list, write, mark, remove. Safe for several processes at once. */
public final class Repository implements History {
    private final Layout layout;
    private final RunFiles runs;
    private final WorkFolders work;
    private final Clock clock;

    private final Optional<String> moneyLocale;

    private Repository(Layout layout, Clock clock, Optional<String> moneyLocale) {
        this.layout = layout;
        this.moneyLocale = moneyLocale;
        this.runs = new RunFiles(layout);
        this.work = new WorkFolders(layout);
        this.clock = clock;
    }

    /**
     * Opens a folder, whether or not it exists or was ever used; nothing is written before something is stored.
     *
     * @throws PgkeepException REPOSITORY_INVALID when its header is of a newer pgkeep, or is none, or a folder of it is
     *     a link
     */
    public static Repository open(Path folder, Clock clock) {
        Layout layout = new Layout(folder.toAbsolutePath().normalize());
        if (Files.exists(layout.root()) && !Files.isDirectory(layout.root())) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, folder + " is a file, not a folder", "choose another --repo");
        }
        layout.requireFolders();
        Header.check(layout);
        return new Repository(layout, clock, Optional.empty());
    }

    /**
     * This repository where it is known under which {@code lc_monetary} money was printed in backups that do not say so
     * themselves.
     */
    public Repository readingMoney(Optional<String> locale) {
        return new Repository(layout, clock, locale);
    }

    /** The repository in another folder, read the same way. */
    public Repository like(Path folder) {
        return open(folder, clock).readingMoney(moneyLocale);
    }

    /** The locale of money in backups that do not say it themselves, where it is known. */
    public Optional<String> moneyLocale() {
        return moneyLocale;
    }

    public Path root() {
        return layout.root();
    }

    /** The backups, newest first; never one that is being written or removed. */
    public List<StoredBackup> list() {
        return new Listing(layout, work.names()).read();
    }

    /**
     * Backups whose metadata is not there any more although nobody removed them, by name. Their chunks may still be
     * there: {@link #sweep} takes nothing back until their metadata is put back, or they are {@linkplain #remove
     * removed}.
     */
    public List<StoredBackup> lost() {
        return new LostBackups(layout, runs.read()).find();
    }

    /** Whether there is something in the folder, but no header. */
    public boolean hasLostItsHeader() {
        return !Files.exists(layout.header())
                && (Files.isDirectory(layout.root().resolve("packs")) || Files.isDirectory(layout.marks()));
    }

    /** Files among packs, indexes, marks, runs and documents of rows that are none of pgkeep's. */
    public List<Path> strangers() {
        return new Strangers(layout).find();
    }

    /** Marks whose file cannot be read: what their name says still counts. */
    public List<Path> unreadableMarks() {
        return new Listing(layout, work.names())
                .marks().values().stream()
                        .flatMap(List::stream)
                        .filter(mark -> {
                            try {
                                read(mark);
                                return false;
                            } catch (PgkeepException e) {
                                // One that went with its backup meanwhile is none.
                                return Files.exists(mark.file());
                            }
                        })
                        .map(StoredBackup.MarkName::file)
                        .sorted()
                        .toList();
    }

    /** The whole metadata of a backup of ours. */
    public Manifest manifest(StoredBackup backup) {
        Path file = backup.metadata()
                .filter(path -> backup.isOurs())
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.REPOSITORY_INVALID,
                        backup.name() + " has no metadata of pgkeep",
                        "it can still be restored: pgkeep restore " + ShellWords.word(backup.name())));
        try {
            Manifest manifest = ManifestJson.readManifest(RegularFile.bytes(file), file.toString());
            if (manifest.name().equals(backup.name())) {
                return moneyLocale.map(manifest::orMoneyLocale).orElse(manifest);
            }
            throw new PgkeepException(
                    ErrorCode.REPOSITORY_INVALID,
                    file + " is not the metadata of this backup but of " + manifest.name(),
                    "choose another backup: pgkeep list");
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + file);
        }
    }

    /**
     * Reserves a name and a folder to write a new backup in. Two runs in one second get different names.
     *
     * @param exact whether the name is the user's own: then a taken one is an error instead of getting a number
     * @throws PgkeepException BACKUP_NAME_TAKEN, DISK_FULL, NO_PERMISSION
     */
    public PendingBackup begin(String name, boolean exact) {
        prepare();
        for (int number = 1; number < 1000; number++) {
            String candidate = number == 1 ? name : name + "-" + number;
            Optional<PendingBackup> pending = work.reserve(candidate);
            if (pending.isPresent()) {
                return pending.get();
            }
            if (exact) {
                break;
            }
        }
        throw PendingBackup.taken(name);
    }

    /** Adds a mark. */
    public void mark(Mark mark) {
        prepare();
        layout.create(layout.marks());
        boolean ours = Files.exists(layout.metadata(mark.backup()));
        PrivateFiles.writeWhole(
                layout.mark(mark),
                ManifestJson.write((ours ? mark : LostBackups.ofForeign(mark)).with(KnownSecrets::mask)));
    }

    /** The details of a mark. */
    public Mark read(StoredBackup.MarkName mark) {
        try {
            return ManifestJson.readMark(
                    RegularFile.bytes(mark.file()), mark.file().toString());
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + mark.file());
        }
    }

    /**
     * Keeps a backup from being removed, and its chunks from being moved, while it is read. In a repository that may
     * only be read there may be no lock to take: then the lease does not {@linkplain FileLockHandle#protects protect}.
     *
     * @throws PgkeepException BACKUP_IN_USE
     */
    public FileLockHandle lease(StoredBackup backup) {
        FileLockHandle own = orNone(() -> leaseOf(backup));
        return backup.hasChunks() ? own.with(() -> orNone(() -> ChunkLock.share(layout, new Cancellation()))) : own;
    }

    private FileLockHandle leaseOf(StoredBackup backup) {
        Path file = layout.locks().resolve(backup.name());
        try {
            layout.create(layout.locks());
            FileLockHandle lease =
                    FileLockHandle.tryTake(file, true).orElseThrow(() -> inUse(backup, "is being removed"));
            if (backup.metadata().filter(Files::notExists).isPresent()) {
                lease.close();
                PrivateFiles.deleteQuietly(layout, file);
                throw inUse(backup, "was removed");
            }
            return lease;
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot lock " + file);
        }
    }

    private static PgkeepException inUse(StoredBackup backup, String what) {
        return new PgkeepException(
                ErrorCode.BACKUP_IN_USE,
                backup.name() + " " + what + " by another run",
                "choose another backup: pgkeep list");
    }

    private static FileLockHandle orNone(Supplier<FileLockHandle> lease) {
        try {
            return lease.get();
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.BACKUP_IN_USE || e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return FileLockHandle.none();
        }
    }

    /** A private folder for what is needed during one run only; nothing in it is ever listed. */
    public RunFolder passingFolder() {
        prepare();
        return RunFolder.in(layout);
    }

    /** A new document of rows, for the cleanup that made this safety backup; it is there once it is committed. */
    public PendingRows beginRows(String safetyBackup) {
        prepare();
        layout.create(layout.rows());
        return PendingRows.of(layout.rows(safetyBackup));
    }

    /** Removes a document of rows that are all where they were. */
    public void forgetRows(Path document) {
        if (layout.rows().equals(document.getParent())) {
            PrivateFiles.deleteQuietly(layout, document);
        }
    }

    /** Documents of rows, the newest first. */
    public List<Path> rowsDocuments() {
        if (!Files.isDirectory(layout.rows())) {
            return List.of();
        }
        try (var files = Files.list(layout.rows())) {
            return files.filter(file -> file.getFileName().toString().matches("[^.].*\\.json"))
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read " + layout.rows());
        }
    }

    /** The document with the rows that a cleanup deleted after it had made this safety backup. */
    public Optional<Path> rowsOf(StoredBackup safetyBackup) {
        return Optional.of(layout.rows(safetyBackup.name())).filter(Files::isRegularFile);
    }

    /** The chunks of this repository; their index is read at first use. */
    public ChunkStore chunks() {
        return new ChunkStore(storage());
    }

    /**
     * Keeps chunks from being taken back while they are read, or written for a backup that does not exist yet. Many may
     * hold this; a sweep waits for all of them.
     *
     * @throws PgkeepException BACKUP_IN_USE when a sweep does not end for very long
     */
    public FileLockHandle shareChunks(Cancellation cancellation) {
        return ChunkLock.share(layout, cancellation);
    }

    /**
     * Whether the index and the packs agree; no chunk is read unless they do not. Empty where there are no chunks, and
     * while a sweep is at work, which looks at them itself.
     */
    public Optional<CheckReport> lookAtChunks(Progress progress, Cancellation cancellation) {
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

    /** Removes a backup, with its marks. What its chunks take is free after the next {@link #sweep}. */
    public void remove(StoredBackup backup) {
        Removal.remove(layout, backup);
    }

    /** Takes care of what interrupted runs left behind; one line for each thing done. */
    public List<String> cleanUp() {
        UnfinishedFiles.remove(layout);
        return work.cleanUp(clock.instant());
    }

    /**
     * Names of backups that interrupted runs left half-written or half-removed; {@link #cleanUp} takes care of them.
     */
    public List<String> leftovers() {
        return work.abandoned();
    }

    /** Records a run in the history; the oldest beyond a thousand go. */
    @Override
    public void record(Run run) {
        prepare();
        runs.write(run);
    }

    /** The history, newest first; what cannot be read is left out. */
    @Override
    public List<Run> runs() {
        return runs.read();
    }

    /** Bytes that can still be written where the repository lies. */
    public long freeBytes() {
        Path path = layout.root();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw FileErrors.of(e, "cannot read the free space of " + path);
        }
    }

    /** The repository's random identity; empty before anything was stored. */
    public Optional<String> id() {
        return Header.read(layout).map(Header::id);
    }

    /**
     * The cause that a run failed of: where the folder was moved away or unmounted under it, that, whatever its errors
     * said then.
     */
    public PgkeepException explained(PgkeepException failure) {
        try {
            layout.place().require();
            return failure;
        } catch (PgkeepException gone) {
            gone.addSuppressed(failure);
            return gone;
        }
    }

    /** A new id for a run that starts now: sorts by time. */
    public static String runId(Instant now) {
        return RunFiles.id(now);
    }

    private LocalStorage storage() {
        return new LocalStorage(layout.root(), layout.place()::require);
    }

    private void prepare() {
        layout.place().prepare();
        if (Header.prepare(layout)) {
            layout.place().look();
        }
    }
}
