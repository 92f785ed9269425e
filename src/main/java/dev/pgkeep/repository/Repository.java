package dev.pgkeep.repository;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.RegularFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.ManifestJson;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.storage.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A folder of backups: list, write, mark, remove. Safe for several processes at once. */
public final class Repository {
    private final Layout layout;
    private final RunFiles runs;
    private final WorkFolders work;
    private final Clock clock;

    private final Optional<String> moneyLocale;

    private Repository(Layout layout, Clock clock, Optional<String> moneyLocale) {
        this.layout = layout;
        this.moneyLocale = moneyLocale;
        this.runs = new RunFiles(layout, this::prepare);
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
     * there: {@link SharedChunks#sweep} takes nothing back until their metadata is put back, or they are
     * {@linkplain #remove removed}.
     */
    public List<StoredBackup> lost() {
        return new LostBackups(layout, runs.runs()).find();
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

    /** Removes a backup, with its marks. What its chunks take is free after the next {@link SharedChunks#sweep}. */
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

    /** The runs of pgkeep on this repository. */
    public History history() {
        return runs;
    }

    /** Documents of rows that cleanups deleted. */
    public RowsFolder rows() {
        return new RowsFolder(layout, this::prepare);
    }

    /** The chunks that backups share. */
    public SharedChunks chunks() {
        return new SharedChunks(layout, runs);
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

    /** What the id of a run ends with, by itself: eight random hexadecimal digits, which tell sessions apart. */
    public static String randomPart() {
        return RunFiles.randomPart();
    }

    private void prepare() {
        layout.place().prepare();
        if (Header.prepare(layout)) {
            layout.place().look();
        }
    }
}
