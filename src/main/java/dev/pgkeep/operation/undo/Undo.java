package dev.pgkeep.operation.undo;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.confirm.Confirm;
import dev.pgkeep.operation.confirm.Stake;
import dev.pgkeep.operation.restore.plan.RestoreOption;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.operation.restore.source.SourceFinder;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsDocuments;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.admin.TargetServer;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Goes back to before the last thing that changed a database: choose, tell what was chosen, plan, show, run. */
public final class Undo {
    /** The way in which deleted rows go back: not over what somebody wrote since. */
    private static final RestoreOptions ROWS = new RestoreOptions(OnConflict.FAIL, false);

    private final Repository repository;
    private final Connector connector;
    private final KeptDatabaseExpiry kept;
    private final UndoOperations operations;
    private final SourceFinder finder;
    private final Duration keepOld;

    /**
     * Wires an undo.
     *
     * @param finder finds the backup to go back to
     * @param kept what was the database before and is still there
     * @param keepOld how long a database is kept that loses its name
     */
    public Undo(
            Repository repository,
            Connector connector,
            SourceFinder finder,
            KeptDatabaseExpiry kept,
            UndoOperations operations,
            Duration keepOld) {
        this.repository = repository;
        this.connector = connector;
        this.kept = kept;
        this.operations = operations;
        this.finder = finder;
        this.keepOld = keepOld;
    }

    /**
     * Chooses what is undone: the last thing that changed the database, or may have.
     *
     * @param test the database where restores go instead, where one is set
     * @param configured gives the configured database; empty when none is configured beside the test database
     * @param whole whether the whole backup is wanted where putting deleted rows back would do
     * @throws PgkeepException BACKUP_NOT_FOUND when there is nothing to undo
     */
    public UndoChoice choose(Optional<Target> test, Supplier<Optional<Target>> configured, boolean whole) {
        List<UndoChoice.Candidate> candidates = new ArrayList<>();
        test.ifPresent(target -> candidates.add(new UndoChoice.Candidate(target, kept.of(target), false)));
        configured
                .get()
                .ifPresent(
                        target -> candidates.add(new UndoChoice.Candidate(target, kept.of(target), test.isPresent())));
        return UndoChoice.of(repository.history().runs(), candidates, this::document, whole);
    }

    /**
     * Looks at everything, changing nothing.
     *
     * @param how options of the restore of a backup: in place, as a delta, without a proof
     * @throws PgkeepException BACKUP_DAMAGED, BACKUP_NOT_FOUND; obstacles are in the plan
     */
    public UndoPlan plan(UndoChoice choice, Set<RestoreOption> how) {
        Target target = choice.target();
        return switch (choice.way()) {
            case WayBack.Arrived() -> new UndoPlan.Arrived(choice);
            case WayBack.Kept(var database) ->
                new UndoPlan.Swap(operations.swapBack().plan(target, database));
            case WayBack.Rows(Path document) ->
                new UndoPlan.Rows(operations.rows().look(document, target));
            case WayBack.Backup(String name) -> {
                var source = finder.named(name);
                // Going back means back to whom everything belonged, as far as this role may say so.
                RestoreRequest request = RestoreRequest.back(target)
                        .withRoles(isSuperuser(target))
                        .with(RestoreOption.DELTA, false)
                        .with(how.toArray(RestoreOption[]::new));
                yield new UndoPlan.Restore(operations.restore().plan(source, request));
            }
        };
    }

    /**
     * Goes back by the way of the plan.
     *
     * @param confirm asked before the first change, where there is something to lose
     * @throws PgkeepException PREFLIGHT_FAILED, CONFIG_UNTRUSTED, REFUSED; when it failed the message says what became
     *     of the database
     */
    public UndoOutcome run(UndoPlan plan, Confirm confirm) {
        return switch (plan) {
            case UndoPlan.Arrived arrived -> arrived(arrived);
            case UndoPlan.Swap swap -> swap(swap, confirm);
            case UndoPlan.Rows deleted -> rows(deleted, confirm);
            case UndoPlan.Restore whole -> restore(whole, confirm);
        };
    }

    /** Completes the record of a killed undo that had done everything: nothing else is left of it. */
    public UndoOutcome.Arrived arrived(UndoPlan.Arrived plan) {
        repository.history().record(plan.choice().run().done("it had swapped the names when it was killed"));
        return new UndoOutcome.Arrived();
    }

    /** Goes back as {@link #run} does, to a database that is kept. */
    public UndoOutcome.Swap swap(UndoPlan.Swap undo, Confirm confirm) {
        SwapBackPlan plan = undo.plan();
        SwapBack.refuseBlocked(plan);
        operations.restore().allowAfter();
        confirm.ask(new Stake(
                plan.target(), plan.isProtected(), "take " + plan.target().database() + " back"));
        var swapped = operations.swapBack().run(plan, keepOld);
        return new UndoOutcome.Swap(swapped, operations.restore().afterRestore(plan.target()));
    }

    /** Goes back as {@link #run} does, to deleted rows. */
    public UndoOutcome.Rows rows(UndoPlan.Rows undo, Confirm confirm) {
        RestorePreview preview = undo.preview();
        return new UndoOutcome.Rows(operations.rows().run(preview, ROWS, RowsDocuments.name(preview.file()), confirm));
    }

    /** Goes back as {@link #run} does, to a backup. */
    public UndoOutcome.Restore restore(UndoPlan.Restore undo, Confirm confirm) {
        return new UndoOutcome.Restore(operations.restore().run(undo.plan(), PastRuns.UNDO, confirm));
    }

    private Optional<Path> document(String name) {
        return Optional.of(repository.root().resolve(name)).filter(Files::isRegularFile);
    }

    /** Whether the role may give things back to their owners; that nobody could ask must not pass for a no. */
    private boolean isSuperuser(Target target) {
        try (var connection = TargetServer.open(connector, target)) {
            return new Catalog(connection).server().superuser();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "asking for the rights of " + target.user());
        }
    }
}
