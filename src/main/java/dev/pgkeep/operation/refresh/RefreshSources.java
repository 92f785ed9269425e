package dev.pgkeep.operation.refresh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.refresh.ssh.RemoteBackups;
import dev.pgkeep.operation.refresh.ssh.RemotePlace;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.RunFolder;
import dev.pgkeep.repository.select.BackupQuery;
import dev.pgkeep.repository.select.RefreshChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Finds what a refresh is to take. */
public final class RefreshSources {
    private final Repository own;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    /** @param own the target's repository, beside whose backups things are fetched to */
    public RefreshSources(Repository own, Clock clock, Progress progress, Cancellation cancellation) {
        this.own = own;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * A backup of a repository in a folder, which may be the target's own.
     *
     * @throws PgkeepException SOURCE_UNREACHABLE, BACKUP_NOT_FOUND, BACKUP_AMBIGUOUS, BACKUP_DAMAGED
     */
    public RefreshSource inFolder(Path folder, BackupQuery wanted) {
        if (!Files.isDirectory(folder)) {
            throw new PgkeepException(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "there is no folder " + folder,
                    "mount it, or name it as it is; on another machine: --from ssh://user@host/path");
        }
        Repository repository = own.like(folder);
        RefreshChoice.Chosen chosen =
                new RefreshChoice(repository.list(), folder.toString(), clock.instant()).choose(wanted);
        return new RefreshSource(
                folder.toString(),
                repository,
                RestoreSource.of(repository, chosen.backup()),
                chosen.warnings(),
                Optional.empty());
    }

    /** A folder with backups, or a dump: whatever is at that path. */
    public RefreshSource at(Path path, BackupQuery wanted) {
        boolean dump = Files.isRegularFile(path)
                || Files.exists(path.resolve("toc.dat"))
                || Files.exists(path.resolve("toc.dat.gz"));
        return dump
                ? new RefreshSource(
                        path.toString(),
                        own,
                        RestoreSource.ofFile(path, own.moneyLocale()),
                        List.of(),
                        Optional.empty())
                : inFolder(path, wanted);
    }

    /**
     * A backup on another machine, fetched.
     *
     * @param command the program for ssh, with options
     */
    public RefreshSource on(RemotePlace place, List<String> command, BackupQuery wanted) {
        RunFolder folder = own.passingFolder();
        try {
            RemoteBackups remote = RemoteBackups.look(place, command, folder.path(), clock, progress, cancellation);
            if (remote.isDump()) {
                return new RefreshSource(
                        place.toString(),
                        own,
                        RestoreSource.ofFile(remote.dump(), own.moneyLocale()),
                        List.of(),
                        Optional.of(folder));
            }
            Repository likeness = remote.likeness().readingMoney(own.moneyLocale());
            RefreshChoice.Chosen chosen =
                    new RefreshChoice(likeness.list(), place.toString(), clock.instant()).choose(wanted);
            remote.fetch(likeness, chosen.backup());
            return new RefreshSource(
                    place.toString(),
                    likeness,
                    RestoreSource.of(likeness, chosen.backup()),
                    chosen.warnings(),
                    Optional.of(folder));
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }
}
