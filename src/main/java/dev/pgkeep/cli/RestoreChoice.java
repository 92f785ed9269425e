package dev.pgkeep.cli;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Question;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.restore.source.SourceFinder;
import dev.pgkeep.repository.StoredBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Chooses the source of a restore by the options of {@code restore}; without any of them a menu asks. */
final class RestoreChoice {
    private static final int MENU = 15;

    private final Session session;
    private final SourceFinder finder;

    RestoreChoice(Session session, SourceFinder finder) {
        this.session = session;
        this.finder = finder;
    }

    RestoreSource source(
            Optional<String> wanted, @Nullable String at, @Nullable Path file, Predicate<StoredBackup> ofKind) {
        if (file != null) {
            return finder.file(file);
        }
        if (at != null) {
            return finder.at(
                    RestoreCommand.moment(at, session.surroundings().clock().getZone()), ofKind);
        }
        if (wanted.isPresent()) {
            return wanted.get().equals("latest") ? finder.newest(ofKind) : finder.named(wanted.get());
        }
        return menu(ofKind);
    }

    private RestoreSource menu(Predicate<StoredBackup> ofKind) {
        List<StoredBackup> backups = finder.some(ofKind, MENU);
        if (backups.isEmpty()) {
            return finder.newest(ofKind);
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
        return finder.of(backups.get(pick(backups.size())));
    }

    private int pick(int count) {
        while (true) {
            String answer = session.console()
                    .readLine("Restore which one? " + (count == 1 ? "1" : "1–" + count) + ", q to quit: ");
            if (answer == null || answer.strip().equalsIgnoreCase("q")) {
                throw Question.refused();
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
