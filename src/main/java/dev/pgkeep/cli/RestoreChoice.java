package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what is to be restored: by name, by time, by path, or from a menu. */
final class RestoreChoice {
    private static final int MENU = 15;

    private final Session session;
    private final Pgkeep pgkeep;
    private final Repository repository;
    private final BackupSelector selection;

    RestoreChoice(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.repository = pgkeep.repository();
        this.selection = new BackupSelector(repository, pgkeep.databaseName());
    }

    RestoreSource source(
            Optional<String> wanted, @Nullable String at, @Nullable Path file, Predicate<StoredBackup> ofKind) {
        if (file != null) {
            return ofPath(session.surroundings().workingDirectory().resolve(file));
        }
        if (at != null) {
            Instant moment =
                    RestoreCommand.moment(at, session.surroundings().clock().getZone());
            session.progress().note("looking for the newest backup made at or before " + moment + " (UTC)");
            return of(selection.at(moment, ofKind));
        }
        if (wanted.isPresent()) {
            return wanted.get().equals("latest") ? of(selection.latest(ofKind)) : named(wanted.get());
        }
        return of(menu(ofKind));
    }

    private RestoreSource named(String wanted) {
        Path path = session.surroundings().workingDirectory().resolve(wanted);
        boolean inRepository =
                repository.root().equals(path.toAbsolutePath().normalize().getParent());
        return wanted.contains("/") && !inRepository && Files.exists(path) ? ofPath(path) : of(selection.find(wanted));
    }

    /** A file that lies in the repository is the backup it belongs to, with everything that is known about it. */
    private RestoreSource ofPath(Path path) {
        Path normal = path.toAbsolutePath().normalize();
        return repository.list().stream()
                .filter(backup -> backup.data().contains(normal))
                .findFirst()
                .map(this::of)
                .orElseGet(() -> RestoreSource.ofFile(normal, repository.moneyLocale()));
    }

    private RestoreSource of(StoredBackup backup) {
        backup.problem().ifPresent(problem -> {
            throw new PgkeepException(
                    ErrorCode.BACKUP_DAMAGED, backup.name() + " is damaged: " + problem, newestGood(backup));
        });
        try {
            return RestoreSource.of(repository, backup);
        } catch (PgkeepException e) {
            boolean itsFault = e.code() == ErrorCode.REPOSITORY_INVALID || e.code() == ErrorCode.BACKUP_DAMAGED;
            throw itsFault ? damaged(backup, e) : e;
        }
    }

    /** Remembers that a backup turned out to be damaged; the error to end with names the newest good one. */
    PgkeepException damaged(StoredBackup backup, PgkeepException problem) {
        remember(backup, problem);
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED,
                backup.name() + " is damaged, nothing was changed: " + problem.getMessage(),
                newestGood(backup),
                problem);
    }

    private void remember(StoredBackup backup, PgkeepException problem) {
        try {
            repository.mark(new Mark(
                    backup.name(),
                    Mark.Type.DAMAGED,
                    session.surroundings().clock().instant(),
                    Map.of("problem", problem.getMessage())));
        } catch (PgkeepException e) {
            // A repository that may only be read: the next reader will find out again.
            session.progress().note("cannot mark it as damaged: " + e.getMessage());
        }
    }

    /** What to say when a backup turns out to be damaged: which one is good. */
    String newestGood(StoredBackup damaged) {
        try {
            StoredBackup good = selection.latest(
                    backup -> backup.isChecked() && !backup.name().equals(damaged.name()));
            return "the newest good one is " + good.name() + ": pgkeep restore " + ShellWords.word(good.name());
        } catch (PgkeepException e) {
            return "there is no other good backup here; see pgkeep list --all";
        }
    }

    private StoredBackup menu(Predicate<StoredBackup> ofKind) {
        List<StoredBackup> backups = repository.list().stream()
                .filter(backup -> pgkeep.databaseName().isEmpty()
                        || backup.database().isEmpty()
                        || backup.database().equals(pgkeep.databaseName()))
                .filter(ofKind)
                .limit(MENU)
                .toList();
        if (backups.isEmpty()) {
            return selection.latest(ofKind);
        }
        if (!session.console().isInteractive()) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "no backup is named, and there is no terminal for a menu",
                    "name one: pgkeep restore latest");
        }
        Instant now = session.surroundings().clock().instant();
        for (int i = 0; i < backups.size(); i++) {
            StoredBackup backup = backups.get(i);
            session.console()
                    .err()
                    .line(String.format(
                            "%3d  %s  %s, %s, %s",
                            i + 1,
                            session.style().bold(backup.name()),
                            Spans.ago(backup.created(), now),
                            Sizes.text(backup.bytes()),
                            backup.state()));
        }
        return backups.get(pick(backups.size()));
    }

    private int pick(int count) {
        while (true) {
            String answer = session.console()
                    .readLine("Restore which one? " + (count == 1 ? "1" : "1–" + count) + ", q to quit: ");
            if (answer == null || answer.strip().equalsIgnoreCase("q")) {
                throw dev.pgkeep.cli.render.Question.refused();
            }
            if (answer.strip().matches("\\d{1,3}")) {
                int number = Integer.parseInt(answer.strip());
                if (number >= 1 && number <= count) {
                    return number - 1;
                }
            }
        }
    }
}
