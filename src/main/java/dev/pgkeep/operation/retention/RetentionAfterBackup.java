package dev.pgkeep.operation.retention;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Applies the rules in force after a successful backup; a failure there does not make the backup a failure. */
public final class RetentionAfterBackup {
    private final Repository repository;
    private final KeepRules rules;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public RetentionAfterBackup(
            Repository repository, KeepRules rules, Clock clock, Progress progress, Cancellation cancellation) {
        this.repository = repository;
        this.rules = rules;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Removes what the rules let go of the kind of this backup.
     *
     * @return names of the backups that were removed
     */
    public List<String> run(Manifest made) {
        Optional<Kind> only = rules.kind();
        if (!rules.isSet() || only.filter(kind -> !kind.equals(made.kind())).isPresent()) {
            return List.of();
        }
        try {
            RetentionPlan plan = RetentionPlan.of(
                    repository.list(), made.database(), rules.forKind(made.kind()), clock.instant());
            return new Prune(repository, clock, progress, cancellation)
                    .run(plan).removed().stream().map(StoredBackup::name).toList();
        } catch (PgkeepException e) {
            progress.warn("old backups were not removed: " + e.getMessage());
            return List.of();
        }
    }
}
