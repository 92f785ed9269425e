package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Settings;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.operation.retention.KeepRules;
import dev.pgkeep.operation.retention.Prune;
import dev.pgkeep.operation.retention.RetentionPlan;
import java.util.List;
import java.util.Optional;

/** Applies the retention in force after a successful backup; a failure there does not make the backup a failure. */
final class Retention {
    private Retention() {}

    /** The configured rules. */
    static KeepRules rules(Settings settings) {
        Settings.Retention retention = settings.retention();
        return new KeepRules(
                retention.keepLast(), retention.olderThan(), retention.kind().map(Kind::of));
    }

    /** Names of the backups that were removed. */
    static List<String> afterBackup(Session session, Pgkeep pgkeep, Manifest manifest) {
        KeepRules rules = rules(pgkeep.settings());
        Optional<Kind> only = rules.kind();
        if (!rules.isSet() || only.filter(kind -> !kind.equals(manifest.kind())).isPresent()) {
            return List.of();
        }
        try {
            RetentionPlan plan = RetentionPlan.of(
                    pgkeep.repository().list(),
                    manifest.database(),
                    rules.forKind(manifest.kind()),
                    session.surroundings().clock().instant());
            return new Prune(pgkeep.repository(), pgkeep.context())
                    .run(plan).removed().stream().map(StoredBackup::name).toList();
        } catch (PgkeepException e) {
            session.progress().warn("old backups were not removed: " + e.getMessage());
            return List.of();
        }
    }
}
