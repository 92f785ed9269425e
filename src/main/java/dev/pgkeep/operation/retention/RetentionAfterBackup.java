package dev.pgkeep.operation.retention;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.util.List;
import java.util.Optional;

/** Applies the rules in force after a successful backup; a failure there does not make the backup a failure. */
public final class RetentionAfterBackup {
    private final Repository repository;
    private final KeepRules rules;
    private final RunContext context;

    public RetentionAfterBackup(Repository repository, KeepRules rules, RunContext context) {
        this.repository = repository;
        this.rules = rules;
        this.context = context;
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
                    repository.list(),
                    made.database(),
                    rules.forKind(made.kind()),
                    context.clock().instant());
            return new Prune(repository, context)
                    .run(plan).removed().stream().map(StoredBackup::name).toList();
        } catch (PgkeepException e) {
            context.progress().warn("old backups were not removed: " + e.getMessage());
            return List.of();
        }
    }
}
