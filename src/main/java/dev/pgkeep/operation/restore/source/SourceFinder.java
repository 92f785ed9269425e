package dev.pgkeep.operation.restore.source;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.select.BackupSelector;
import dev.pgkeep.repository.select.DamagedBackups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is to be restored: by name, by time or by path. A backup that proves to be damaged is marked as such, and
 * the error names the newest good one.
 */
public final class SourceFinder {
    private final Repository repository;
    private final Path workingDirectory;
    private final Clock clock;
    private final Progress progress;
    private final Optional<String> database;
    private @Nullable BackupSelector selection;

    /**
     * A finder among the backups that the repository has when it is asked first.
     *
     * @param database whose backups are meant; empty for those of every database
     * @param workingDirectory where relative paths begin
     */
    public SourceFinder(
            Repository repository, Optional<String> database, Path workingDirectory, Clock clock, Progress progress) {
        this.repository = repository;
        this.workingDirectory = workingDirectory;
        this.clock = clock;
        this.progress = progress;
        this.database = database;
    }

    /**
     * The newest backup that is not damaged and not a safety backup of a restore.
     *
     * @param ofKind which ones count
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_DAMAGED
     */
    public RestoreSource newest(Predicate<StoredBackup> ofKind) {
        return of(selection().latest(ofKind));
    }

    /**
     * The newest good backup made at or before a moment.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_DAMAGED
     */
    public RestoreSource at(Instant moment, Predicate<StoredBackup> ofKind) {
        progress.note("looking for the newest backup made at or before " + moment + " (UTC)");
        return of(selection().at(moment, ofKind));
    }

    /**
     * The backup of that name, or the only one with a part of it; or what lies at that path, where the text is one.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS, BACKUP_DAMAGED
     */
    public RestoreSource named(String wanted) {
        Path path = workingDirectory.resolve(wanted);
        boolean inRepository =
                repository.root().equals(path.toAbsolutePath().normalize().getParent());
        return wanted.contains("/") && !inRepository && Files.exists(path)
                ? file(path)
                : of(selection().find(wanted));
    }

    /** A dump at a path. One that lies in the repository is the backup it belongs to, with all that is known of it. */
    public RestoreSource file(Path path) {
        Path normal = workingDirectory.resolve(path).toAbsolutePath().normalize();
        return selection()
                .holding(normal)
                .map(this::of)
                .orElseGet(() -> RestoreSource.ofFile(normal, repository.moneyLocale()));
    }

    /** The backups that somebody may choose from, the newest first; damaged ones are among them. */
    public List<StoredBackup> some(Predicate<StoredBackup> ofKind, int most) {
        return selection().some(ofKind, most);
    }

    /**
     * A stored backup, opened.
     *
     * @throws PgkeepException BACKUP_DAMAGED
     */
    public RestoreSource of(StoredBackup backup) {
        backup.problem().ifPresent(problem -> {
            explain(backup);
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    backup.name() + " is damaged: " + problem,
                    selection().insteadOf(backup));
        });
        try {
            return RestoreSource.of(repository, backup);
        } catch (PgkeepException e) {
            boolean itsFault = e.code() == ErrorCode.REPOSITORY_INVALID || e.code() == ErrorCode.BACKUP_DAMAGED;
            throw itsFault ? damaged(backup, e) : e;
        }
    }

    /** What is no dump, or a packed one, is not damaged: what it is, and what to do, is worth more than another. */
    private static void explain(StoredBackup backup) {
        if (backup.isOurs() || backup.data().isEmpty()) {
            return;
        }
        try {
            DumpFile.recognise(backup.data().getFirst());
        } catch (PgkeepException e) {
            if (e.code() == ErrorCode.FORMAT_UNKNOWN) {
                throw e;
            }
        }
    }

    /** Marks a backup that turned out to be damaged; the error to end with names the newest good one. */
    public PgkeepException damaged(StoredBackup backup, PgkeepException problem) {
        return new DamagedBackups(repository, clock, progress)
                .found(backup, problem, selection().insteadOf(backup));
    }

    /** Listed when it is wanted for the first time. */
    private BackupSelector selection() {
        BackupSelector known = selection;
        if (known == null) {
            known = new BackupSelector(repository, database);
            selection = known;
        }
        return known;
    }
}
