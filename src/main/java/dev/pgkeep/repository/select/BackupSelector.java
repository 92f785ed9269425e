package dev.pgkeep.repository.select;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.repository.DumpName;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the backup that is meant: {@code latest}, a moment, a name, a file name or path, or any part of a name that
 * fits exactly one. Parts of names and {@code latest} look only at one database.
 */
public final class BackupSelector {
    private final List<StoredBackup> backups;
    private final List<StoredBackup> own;
    private final Optional<String> database;

    /** @param database whose backups are meant; empty for those of every database */
    public BackupSelector(Repository repository, Optional<String> database) {
        this(repository.list(), database);
    }

    /**
     * A selector among backups that were listed already.
     *
     * @param newestFirst all backups of a repository
     * @param database whose backups are meant; empty for those of every database
     */
    public BackupSelector(List<StoredBackup> newestFirst, Optional<String> database) {
        this.backups = List.copyOf(newestFirst);
        this.database = database;
        this.own = backups.stream()
                .filter(backup -> database.isEmpty()
                        || backup.database().isEmpty()
                        || backup.database().equals(database))
                .toList();
    }

    /** @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS */
    public StoredBackup find(String wanted) {
        if (wanted.equals("latest")) {
            return latest(backup -> true);
        }
        String name = Path.of(wanted).getFileName().toString();
        Optional<StoredBackup> exact = backups.stream()
                .filter(backup -> backup.name().equals(name)
                        || backup.data().stream()
                                .anyMatch(path -> path.getFileName().toString().equals(name))
                        || (backup.name() + ".json").equals(name))
                .findFirst();
        if (exact.isPresent()) {
            return exact.get();
        }
        List<StoredBackup> partial =
                own.stream().filter(backup -> backup.name().contains(wanted)).toList();
        return switch (partial.size()) {
            case 0 -> throw notFound(wanted);
            case 1 -> partial.getFirst();
            default -> throw ambiguous(wanted, partial);
        };
    }

    /**
     * The newest one that is not damaged and not a safety backup of a restore. Whose database nobody knows is meant
     * only by its name.
     */
    public StoredBackup latest(Predicate<StoredBackup> filter) {
        return own.stream()
                .filter(this::isKnownToBeOwn)
                .filter(backup -> !backup.isDamaged())
                .filter(backup -> backup.kind().filter(Kind.PRE_RESTORE::equals).isEmpty())
                .filter(filter)
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "there is no good backup"
                                + database.map(name -> " of " + name).orElse("") + " here",
                        backups.isEmpty()
                                ? "make one: pgkeep backup"
                                : unknown().orElse("see what there is: pgkeep list --all")));
    }

    private boolean isKnownToBeOwn(StoredBackup backup) {
        return database.isEmpty()
                || backup.database().equals(database)
                || backup.database().isEmpty() && new DumpName(backup.name()).isOf(database.get());
    }

    /** The newest dump that does not say of which database it is, for who knows better. */
    private Optional<String> unknown() {
        return own.stream()
                .filter(backup -> !isKnownToBeOwn(backup) && !backup.isDamaged())
                .findFirst()
                .map(backup ->
                        backup.name() + " does not say of which database it is; to take it, name it: pgkeep restore "
                                + ShellWords.word(backup.name()));
    }

    /** The newest one made at or before a moment. */
    public StoredBackup at(Instant moment, Predicate<StoredBackup> filter) {
        return latest(filter.and(backup -> !backup.created().isAfter(moment)));
    }

    /** The backups of the database that may be chosen from, the newest first. */
    public List<StoredBackup> some(Predicate<StoredBackup> filter, int most) {
        return own.stream().filter(filter).limit(most).toList();
    }

    /** The backup that has this file or folder as its data. */
    public Optional<StoredBackup> holding(Path data) {
        return backups.stream().filter(backup -> backup.data().contains(data)).findFirst();
    }

    /** The advice instead of taking a damaged backup: a sentence that names the newest good one. */
    public String insteadOf(StoredBackup damaged) {
        try {
            StoredBackup good =
                    latest(backup -> backup.isChecked() && !backup.name().equals(damaged.name()));
            return "the newest good one is " + good.name() + ": pgkeep restore " + ShellWords.word(good.name());
        } catch (PgkeepException e) {
            return "there is no other good backup here; see pgkeep list --all";
        }
    }

    private PgkeepException notFound(String wanted) {
        Optional<String> near =
                Words.nearest(wanted, own.stream().map(StoredBackup::name).toList());
        return new PgkeepException(
                ErrorCode.BACKUP_NOT_FOUND,
                "there is no backup " + wanted
                        + database.map(name -> " of " + name).orElse(""),
                near.map(name -> "did you mean " + name + "?").orElse("see what there is: pgkeep list"));
    }

    private static PgkeepException ambiguous(String wanted, List<StoredBackup> partial) {
        int shown = Math.min(6, partial.size());
        String names = String.join(
                ", ", partial.subList(0, shown).stream().map(StoredBackup::name).toList());
        return new PgkeepException(
                ErrorCode.BACKUP_AMBIGUOUS,
                wanted + " fits " + partial.size() + " backups: " + names + (partial.size() > shown ? ", …" : ""),
                "write more of the name, or latest for the newest");
    }
}
