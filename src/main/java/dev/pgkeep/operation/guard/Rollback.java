package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.operation.guard.GuardOutcome.RolledBack;
import dev.pgkeep.operation.restore.Restore;
import dev.pgkeep.operation.restore.RestoreOutcome;
import dev.pgkeep.operation.restore.load.PostLoadHook;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.postgres.schema.ObjectKind;
import dev.pgkeep.postgres.schema.Schema;
import dev.pgkeep.postgres.schema.SchemaChange;
import dev.pgkeep.postgres.schema.SchemaDifference;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Restores the safety backup and proves that the database is as it was before. */
final class Rollback {
    /** The name of the rollback in the history; undo takes it back like any other restore. */
    static final String NAME = "rollback";

    private final Repository repository;
    private final Restore restore;
    private final DatabaseStateReader looking;
    private final Progress progress;

    Rollback(Repository repository, Restore restore, DatabaseStateReader looking, Progress progress) {
        this.repository = repository;
        this.restore = restore;
        this.looking = looking;
        this.progress = progress;
    }

    RolledBack to(Manifest safety, GuardPlan plan) {
        progress.warn("going back to " + safety.name());
        try {
            RestoreOutcome outcome = restored(source(safety), plan);
            progress.step("Comparing with how it was before");
            return new RolledBack(
                    outcome.comparison().tables(),
                    outcome.comparison().rows(),
                    outcome.safetyBackup(),
                    differences(plan, looking.without(plan.target()), outcome),
                    Optional.empty());
        } catch (PgkeepException e) {
            return new RolledBack(0, 0, Optional.empty(), List.of(), Optional.of(e));
        }
    }

    /**
     * Restores the safety backup; what the command left is backed up too, since others may have written meanwhile.
     * Where that is impossible (a full disk may be what failed) going back is worth more.
     */
    private RestoreOutcome restored(RestoreSource source, GuardPlan plan) {
        RestoreRequest request =
                RestoreRequest.back(plan.target()).withRoles(plan.server().superuser());
        try {
            return restore.run(restore.plan(source, request), NAME, PostLoadHook.NOTHING);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.SAFETY_BACKUP_FAILED && e.code() != ErrorCode.PREFLIGHT_FAILED) {
                throw e;
            }
            RestorePlan without = restore.plan(source, request.with(RestoreOption.SAFETY_BACKUP, false));
            if (!without.blocking().isEmpty()) {
                throw e;
            }
            progress.warn("what the command left is not kept: " + e.getMessage());
            return restore.run(without, NAME, PostLoadHook.NOTHING);
        }
    }

    private RestoreSource source(Manifest safety) {
        StoredBackup stored = repository.list().stream()
                .filter(backup -> backup.name().equals(safety.name()))
                .findFirst()
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        safety.name() + " is not in the repository any more",
                        "choose another backup: pgkeep list"));
        return RestoreSource.of(repository, stored);
    }

    private static List<String> differences(GuardPlan plan, DatabaseState now, RestoreOutcome outcome) {
        List<String> lines = new ArrayList<>();
        if (!outcome.comparison().content() && outcome.comparison().tables() > 0) {
            lines.add("only the number of rows could be compared, not their content");
        }
        boolean rights = plan.server().superuser();
        SchemaDifference.between(comparable(plan.before().schema(), rights), comparable(now.schema(), rights))
                .changes()
                .stream()
                .map(SchemaChange::describe)
                .forEach(lines::add);
        if (!plan.before().sequences().equals(now.sequences())) {
            lines.add("sequences do not stand where they stood");
        }
        if (!plan.before().migrations().equals(now.migrations())) {
            lines.add("other migrations are applied than before");
        }
        return lines;
    }

    /** A role that is no superuser cannot give objects back to others. */
    private static Schema comparable(Schema schema, boolean rights) {
        return rights ? schema : schema.without(object -> object.kind() == ObjectKind.RIGHTS);
    }
}
