package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.run.RunOutcome.Changed;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.RunOutcome.Reported;
import dev.pgkeep.operation.run.RunOutcome.Unchanged;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A run and its record, in this order: safety backup, beginning written down, act, end written down. Without a
 * beginning nobody would find the way back, so it has to be in the history before anything is changed; that the end is
 * not never makes a failure of what was done.
 */
public final class RecordedRun {
    private final RunContext context;
    private final RunRecord record;
    private Optional<String> safety = Optional.empty();
    private boolean ended;

    private RecordedRun(RunContext context, RunRecord record) {
        this.context = context;
        this.record = record;
    }

    /**
     * A run on a database. Nothing is written yet.
     *
     * @param command how the history names it, for instance {@code restore}
     */
    public static RecordedRun of(RunContext context, String command, Target target) {
        return new RecordedRun(context, new RunRecord(context.history(), context.clock(), command, target));
    }

    /**
     * A run on stored backups alone. Nothing is written yet.
     *
     * @param command how the history names it, for instance {@code prune}
     * @param database whose backups they are; empty when nobody knows
     */
    public static RecordedRun of(RunContext context, String command, String database) {
        return new RecordedRun(context, new RunRecord(context.history(), context.clock(), command, database));
    }

    /** Whether the database bears the mark of {@code pgkeep protect}, which its successor is to bear too. */
    public RecordedRun onProtected(boolean marked) {
        record.onProtected(marked);
        return this;
    }

    /** The backup that is made, examined or restored, and its stored bytes. */
    public RecordedRun with(String backup, long storedBytes) {
        record.of(backup, storedBytes);
        return this;
    }

    /** The bytes of the database's tables that a backup read. */
    public void read(long bytes) {
        record.read(bytes);
    }

    /** Notes what a command of the application is about to do, or did. */
    public void change(Run.Change what) {
        record.change(what);
    }

    /** The name under which what is replaced will be kept. */
    public void keeps(String database) {
        record.keeps(database);
    }

    /** The file that holds the rows which are about to go, relative to the repository. */
    public void writes(String document) {
        record.writes(document);
    }

    /**
     * Does the run, from the first lock on. Whatever is thrown before {@link #end} is in the history as a failure.
     *
     * @param steps hands its outcome to {@link #end}, while it still holds its locks
     */
    public <T> T run(Supplier<T> steps) {
        try {
            return steps.get();
        } catch (PgkeepException e) {
            if (!ended) {
                failed(e);
            }
            throw e;
        }
    }

    /**
     * Makes the backup that undo goes back to.
     *
     * @param nothing what has not happened when that fails, as {@code nothing was changed}
     * @return its name
     * @throws PgkeepException SAFETY_BACKUP_FAILED, INTERRUPTED
     */
    public String backUp(SafetyBackup backup, Target target, String nothing) {
        String made = backup.before(target, nothing);
        safety = Optional.of(made);
        context.cancellation().check();
        return made;
    }

    /** The way back where none is made: the safety backup that an earlier run left, or was made otherwise. */
    public void goesBackTo(Optional<String> backup) {
        safety = backup;
    }

    /** The safety backup that this run can be undone by. */
    public Optional<String> safety() {
        return safety;
    }

    /**
     * About to change something: writes that down, with the way back. Where there is none, a record is only nice to
     * have, and that it is missing is a note.
     *
     * @throws PgkeepException when there is a way back that nobody would find
     */
    public void begin() {
        try {
            record.begun(safety.orElse(null));
        } catch (PgkeepException e) {
            if (safety.isPresent()) {
                throw untouched(e);
            }
            context.progress().note("this run will not be in the history: " + e.getMessage());
        }
    }

    /**
     * Begins as {@link #begin()} does.
     *
     * @param nothing what has not happened when it cannot be written, as {@code nothing was changed}
     * @throws PgkeepException when there is a way back that nobody would find
     */
    public void begin(String nothing) {
        try {
            begin();
        } catch (PgkeepException e) {
            throw e.during(nothing);
        }
    }

    /**
     * About to change something: writes that down, even where there is no way back.
     *
     * @param nothing what has not happened when it cannot be written, as {@code nothing was changed}
     * @throws PgkeepException when it could not be written
     */
    public void mustBegin(String nothing) {
        try {
            record.begun(safety.orElse(null));
        } catch (PgkeepException e) {
            throw untouched(e).during(nothing);
        }
    }

    private PgkeepException untouched(PgkeepException failure) {
        record.nothingChanged();
        return failure;
    }

    /**
     * About to remove these backups: writes their names down. On a full disk nothing can be written, and what is
     * removed makes room, so that is a note.
     */
    public void beginRemoving(List<String> backups) {
        try {
            record.removes(backups);
        } catch (PgkeepException e) {
            context.progress().note("what is removed is not in the history: " + e.getMessage());
        }
    }

    /**
     * Writes down what came of it.
     *
     * @param said what the history says of a result that is good
     * @return the result, if there is one, whether or not it could be written down
     * @throws PgkeepException what it failed of
     */
    public <T> T end(RunOutcome<T> outcome, Function<T, String> said) {
        switch (outcome) {
            case Done<T>(T result) -> {
                done(said.apply(result));
                return result;
            }
            case Reported<T>(T result, PgkeepException failure) -> {
                failed(failure);
                return result;
            }
            case Unchanged<T>(PgkeepException failure) -> {
                record.nothingChanged();
                failed(failure);
                throw failure;
            }
            case Changed<T>(PgkeepException failure) -> {
                failed(failure);
                throw failure;
            }
        }
    }

    /** Writes down that it is done. */
    public void done(String message) {
        ended = true;
        try {
            record.ended(message);
        } catch (PgkeepException e) {
            context.progress().warn("the end of this run is not in the history: " + e.getMessage());
        }
    }

    /** Writes down that it failed, as well as can be: what failed is more important than its record. */
    public void failed(PgkeepException failure) {
        ended = true;
        record.failed(failure);
    }
}
