package dev.pgkeep.operation.show;

import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists the backups of a repository. Plain loops, for this is what has to start fastest. */
public final class BackupList {
    private final Repository repository;
    private final Clock clock;

    public BackupList(Repository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * The outcome of a listing.
     *
     * @param backups in the order that was asked for
     * @param hidden how many other backups there are
     */
    public record Outcome(List<StoredBackup> backups, int hidden) {
        public Outcome {
            backups = List.copyOf(backups);
        }
    }

    /** @throws dev.pgkeep.base.error.PgkeepException NO_PERMISSION, FILE_FAILED */
    public Outcome run(BackupListRequest request) {
        List<StoredBackup> everything = repository.list();
        Instant now = clock.instant();
        List<StoredBackup> chosen = new ArrayList<>();
        for (StoredBackup backup : everything) {
            if (request.fits(backup, now)) {
                chosen.add(backup);
            }
        }
        chosen.sort(request.order().comparator());
        return new Outcome(chosen, everything.size() - chosen.size());
    }
}
