package dev.pgkeep.operation.retention;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.Swept;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Removes what a plan lets go. */
public final class Prune {
    /** The number of names that one line of the history holds. */
    private static final int NAMED = 20;

    private final Repository repository;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    public Prune(Repository repository, RunContext context) {
        this.repository = repository;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * The outcome of a prune.
     *
     * @param removed the backups that are gone, oldest first
     * @param skipped the backups of the plan that stay, with the reason
     * @param freedBytes what it freed: their files, and chunks that no other backup needs
     */
    public record Outcome(List<StoredBackup> removed, List<Skipped> skipped, long freedBytes) {
        public Outcome {
            removed = List.copyOf(removed);
            skipped = List.copyOf(skipped);
        }
    }

    /** A backup that was to be removed and was not. */
    public record Skipped(StoredBackup backup, String reason) {}

    /**
     * Decides which backups of a database go; none is removed. What interrupted runs left is taken care of before, with
     * a note for each thing done.
     *
     * @throws PgkeepException NO_PERMISSION, FILE_FAILED
     */
    public RetentionPlan plan(String database, KeepRules rules) {
        repository.cleanUp().forEach(progress::note);
        return RetentionPlan.of(
                repository.list(), database, rules, context.clock().instant());
    }

    /**
     * Takes back chunks that no backup needs any more, where a plan has nothing to remove: interrupted runs and deleted
     * backups may have left some.
     *
     * @param dryRun only tells what it would bring
     * @return bytes that are free now, or would be
     */
    public long takeBack(boolean dryRun) {
        Swept swept = repository.chunks().sweep(dryRun, cancellation);
        swept.reason().ifPresent(progress::note);
        return swept.bytes();
    }

    /**
     * Removes oldest first, so that an interruption leaves the newer ones. The repository may have changed since the
     * plan was made: what would be kept now is skipped, and so is what is in use, both with a warning.
     *
     * @throws PgkeepException NO_PERMISSION, FILE_FAILED, INTERRUPTED; what was removed before stays removed
     */
    public Outcome run(RetentionPlan plan) {
        if (plan.removed().isEmpty()) {
            return new Outcome(List.of(), List.of(), 0);
        }
        RecordedRun run = RecordedRun.of(context, "prune", plan.database());
        return run.run(() -> {
            run.beginRemoving(plan.removed().stream().map(StoredBackup::name).toList());
            return run.end(new Done<>(remove(plan)), Prune::said);
        });
    }

    /** The message for the history: who looks for a backup some day finds here what became of it. */
    private static String said(Outcome outcome) {
        String names =
                outcome.removed().stream().map(StoredBackup::name).limit(NAMED).collect(Collectors.joining(", "));
        int more = outcome.removed().size() - NAMED;
        return "removed " + Sizes.count(outcome.removed().size(), "backup") + ", " + Sizes.text(outcome.freedBytes())
                + ": " + names + (more > 0 ? " and " + more + " more" : "");
    }

    private Outcome remove(RetentionPlan plan) {
        progress.step("Removing " + Sizes.count(plan.removed().size(), "backup"));
        var removed = new ArrayList<StoredBackup>();
        var skipped = new ArrayList<Skipped>();
        Map<String, Decision> current = current(plan);
        List<StoredBackup> oldestFirst = new ArrayList<>(plan.removed());
        Collections.reverse(oldestFirst);
        long freed = 0;
        for (StoredBackup backup : oldestFirst) {
            cancellation.check();
            Decision decision = current.get(backup.name());
            if (decision == null) {
                continue;
            }
            if (decision.keep()) {
                skip(backup, decision.reason(), skipped);
            } else if (remove(decision.backup(), skipped)) {
                removed.add(decision.backup());
            }
            freed += backup.bytes();
            progress.advance(new Progress.Amount(freed, plan.removedBytes(), freed, backup.name()));
        }
        long files = removed.stream().mapToLong(StoredBackup::fileBytes).sum();
        return new Outcome(removed, skipped, files + sweep());
    }

    /** Takes back chunks; what stands in the way of that is no failure: the next prune does it. */
    private long sweep() {
        Swept swept = repository.chunks().sweep(false, cancellation);
        swept.reason().ifPresent(progress::warn);
        return swept.bytes();
    }

    /**
     * The decisions of the same plan for what is there now; a backup that is missing among them was removed by somebody
     * else.
     */
    private Map<String, Decision> current(RetentionPlan plan) {
        return RetentionPlan.of(repository.list(), plan.database(), plan.rules(), plan.made()).decisions().stream()
                .collect(Collectors.toMap(
                        decision -> decision.backup().name(), Function.identity(), (first, second) -> first));
    }

    private boolean remove(StoredBackup backup, List<Skipped> skipped) {
        try {
            repository.remove(backup);
            return true;
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.BACKUP_IN_USE) {
                throw e;
            }
            skip(backup, "in use by another run", skipped);
            return false;
        }
    }

    private void skip(StoredBackup backup, String reason, List<Skipped> skipped) {
        skipped.add(new Skipped(backup, reason));
        progress.warn(backup.name() + " is not removed: " + reason);
    }
}
