package dev.pgkeep.operation.retention;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.operation.run.RecordedRun;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.Swept;
import dev.pgkeep.repository.select.NewestBackup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Removes single backups for good, whatever the rules of retention say. */
public final class Delete {
    private final Repository repository;
    private final RunContext context;
    private final Progress progress;
    private final Cancellation cancellation;

    public Delete(Repository repository, RunContext context) {
        this.repository = repository;
        this.context = context;
        this.progress = context.progress();
        this.cancellation = context.cancellation();
    }

    /**
     * The outcome of a removal.
     *
     * @param removed the backups that are gone
     * @param freedBytes what it freed: their files, and chunks that no other backup needs
     */
    public record Outcome(List<StoredBackup> removed, long freedBytes) {
        public Outcome {
            removed = List.copyOf(removed);
        }
    }

    /**
     * Says which backups are meant; nothing is changed. A lost backup, of which nothing but its name is known, is meant
     * only by its whole name.
     *
     * @param names at least one
     * @param selector finds the one backup that a name, or a part of one, means
     * @throws PgkeepException REFUSED for a pinned backup, and for the newest good one that is not named in full; what
     *     the selector throws
     */
    public DeletePlan plan(List<String> names, Function<String, StoredBackup> selector) {
        // One of which a dump is left goes the usual way.
        List<StoredBackup> lost = repository.lost().stream()
                .filter(each -> names.contains(each.name()) && each.data().isEmpty())
                .toList();
        List<StoredBackup> doomed = new ArrayList<>(lost);
        names.stream()
                .filter(name -> lost.stream().noneMatch(each -> each.name().equals(name)))
                .map(selector)
                .distinct()
                .forEach(doomed::add);
        doomed.stream().filter(backup -> !lost.contains(backup)).forEach(backup -> guard(names, backup));
        return new DeletePlan(doomed);
    }

    /**
     * Removes the backups of a plan, and the chunks that only they needed.
     *
     * @throws PgkeepException BACKUP_IN_USE, NO_PERMISSION, FILE_FAILED; what was removed before stays removed
     */
    public Outcome run(DeletePlan plan) {
        remove(plan);
        Swept swept = repository.chunks().sweep(false, cancellation);
        swept.reason().ifPresent(progress::warn);
        long files = plan.backups().stream().mapToLong(StoredBackup::fileBytes).sum();
        return new Outcome(plan.backups(), files + swept.bytes());
    }

    private void remove(DeletePlan plan) {
        String database = plan.backups().getFirst().database().orElse("");
        RecordedRun run = RecordedRun.of(context, "delete", database);
        run.run(() -> {
            run.beginRemoving(plan.names());
            plan.backups().forEach(repository::remove);
            return run.end(new Done<>(plan), done -> "removed " + String.join(", ", done.names()));
        });
    }

    private void guard(List<String> names, StoredBackup backup) {
        if (backup.isPinned()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    backup.name() + " is pinned",
                    "first: pgkeep unpin " + ShellWords.word(backup.name()));
        }
        if (!names.contains(backup.name()) && NewestBackup.isNewestGood(backup, repository.list())) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    backup.name() + " is the newest good backup of its database",
                    "if you really mean it, write its whole name: pgkeep delete " + ShellWords.word(backup.name()));
        }
    }
}
