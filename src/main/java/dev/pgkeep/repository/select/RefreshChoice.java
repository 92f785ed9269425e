package dev.pgkeep.repository.select;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.StoredBackup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Chooses the backup to refresh from: the newest proven one, else, with a warning, the newest checked one. Safety
 * backups of restores and backups of a part of a database are not what anybody wants a copy of.
 *
 * @param all the backups of the repository, newest first
 * @param place where they are, for people
 * @param now against which ages are told
 */
public record RefreshChoice(List<StoredBackup> all, String place, Instant now) {
    /**
     * The backup that was chosen.
     *
     * @param warnings what the user should know, one line each
     */
    public record Chosen(StoredBackup backup, List<String> warnings) {}

    /**
     * Chooses a backup to refresh from.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS, BACKUP_DAMAGED
     */
    public Chosen choose(BackupQuery wanted) {
        if (all.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND,
                    "there are no backups in " + place,
                    "check the place: pgkeep list --repo");
        }
        if (wanted.name().filter(name -> !name.equals("latest")).isPresent()) {
            return named(wanted.name().get());
        }
        String database = database(wanted);
        List<StoredBackup> good = all.stream()
                .filter(backup -> backup.database().map(database::equals).orElse(database.isEmpty()))
                .filter(backup -> !backup.isDamaged())
                .filter(backup -> backup.kind().filter(Kind.PRE_RESTORE::equals).isEmpty())
                .filter(backup -> backup.summary().map(Summary::isWhole).orElse(true))
                .toList();
        if (good.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.BACKUP_NOT_FOUND,
                    "there is no good backup of all of " + database + " in " + place,
                    "see what is there: pgkeep list --all --repo");
        }
        return wanted.any() ? new Chosen(good.getFirst(), List.of()) : best(good);
    }

    private Chosen best(List<StoredBackup> good) {
        Optional<StoredBackup> proven =
                good.stream().filter(StoredBackup::isProven).findFirst();
        Optional<StoredBackup> checked =
                good.stream().filter(StoredBackup::isChecked).findFirst();
        if (proven.isPresent()) {
            boolean newer =
                    checked.filter(backup -> !backup.equals(proven.get())).isPresent();
            return new Chosen(
                    proven.get(),
                    newer
                            ? List.of("this is the newest proven backup; "
                                    + checked.get().name() + " ("
                                    + Spans.ago(checked.get().created(), now)
                                    + ") is newer and not proven: --any takes it")
                            : List.of());
        }
        StoredBackup backup = checked.orElseThrow(() -> new PgkeepException(
                ErrorCode.BACKUP_NOT_FOUND,
                "no backup in " + place + " is proven or checked; the newest is "
                        + good.getFirst().name(),
                "prove it there: pgkeep verify --restore; or take it as it is with --any"));
        return new Chosen(
                backup,
                List.of("no backup in " + place + " is proven; " + backup.name()
                        + " is the newest whose bytes were checked (to prove it there: pgkeep verify --restore)"));
    }

    private Chosen named(String name) {
        List<StoredBackup> exact =
                all.stream().filter(backup -> backup.name().equals(name)).toList();
        List<StoredBackup> fitting = exact.isEmpty()
                ? all.stream().filter(backup -> backup.name().contains(name)).toList()
                : exact;
        if (fitting.size() != 1) {
            throw new PgkeepException(
                    fitting.isEmpty() ? ErrorCode.BACKUP_NOT_FOUND : ErrorCode.BACKUP_AMBIGUOUS,
                    fitting.isEmpty()
                            ? "there is no backup " + name + " in " + place
                            : name + " fits " + fitting.size() + " backups in " + place,
                    fitting.isEmpty() ? "leave --backup out for the newest proven one" : "write more of the name");
        }
        StoredBackup backup = fitting.getFirst();
        backup.problem().ifPresent(problem -> {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED,
                    backup.name() + " is damaged: " + problem,
                    "leave --backup out for the newest proven one");
        });
        return new Chosen(
                backup,
                backup.isProven() ? List.of() : List.of(backup.name() + " is not proven: nobody has restored it yet"));
    }

    private String database(BackupQuery wanted) {
        Set<String> there = all.stream()
                .flatMap(backup -> backup.database().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> candidates =
                new ArrayList<>(wanted.database().map(List::of).orElse(wanted.likely()));
        if (wanted.database().isEmpty() && there.size() == 1) {
            candidates.addAll(there);
        }
        if (there.isEmpty() && wanted.database().isEmpty()) {
            // Dumps of others, which do not tell.
            return "";
        }
        return candidates.stream()
                .filter(there::contains)
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        place + " holds backups of " + String.join(", ", there)
                                + wanted.database()
                                        .map(name -> ", none of " + name)
                                        .orElse(""),
                        "say which one: --database NAME"));
    }
}
