package dev.pgkeep.operation.run;

import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The earlier runs on one database of one server. Backups of equally named databases may share a repository, so a run
 * counts only when its server is the target's too.
 */
public final class PastRuns {
    /** The command of a run that drops a database which was replaced and kept. */
    public static final String DISCARD = "discard";

    /** The command of a run that goes back to before another one. */
    public static final String UNDO = "undo";

    /** Commands that change the content of a database and make a safety backup before. */
    private static final Set<String> UNDOABLE =
            Set.of("restore", UNDO, "rollback", "reset", "refresh", "migrate", "guard", "cleanup", "diff");

    /** Changes a database too, and makes a safety backup only where it writes over rows. */
    private static final String ROWS_RESTORE = "rows restore";

    private final List<Run> runs;
    private final Target target;

    /** @param all the whole history, newest first */
    public PastRuns(List<Run> all, Target target) {
        this.runs = all.stream()
                .filter(run -> run.database().equals(target.database()))
                .toList();
        this.target = target;
    }

    /**
     * The run that undo goes back to before: the last that changed the database, or may have. One that failed before it
     * changed anything does not count, nor does one that was undone already, since the undo is a run of its own.
     */
    public Optional<Run> toUndo() {
        return changes().stream().findFirst();
    }

    /** The runs that changed the database or may have, the newest first. */
    public List<Run> changes() {
        return runs.stream().filter(PastRuns::isUndoable).filter(this::isHere).toList();
    }

    /** Whether this database was kept and then dropped on purpose. */
    public boolean wasDiscarded(String keptDatabase) {
        return runs.stream()
                .filter(run -> run.command().equals(DISCARD))
                .anyMatch(run -> keptDatabase.equals(run.keptDatabase()));
    }

    /** The last change of an equally named database on another server: it is not gone back to, but worth naming. */
    public Optional<Run> elsewhere() {
        return runs.stream()
                .filter(PastRuns::isUndoable)
                .filter(run -> !isHere(run))
                .findFirst();
    }

    /** The run before the one to undo, where that had failed: what was there before it is no longer one undo away. */
    public Optional<Run> failedBefore() {
        return runs.stream()
                .filter(PastRuns::isUndoable)
                .filter(this::isHere)
                .skip(1)
                .findFirst()
                .filter(run -> !run.succeeded());
    }

    /**
     * The backup that an undo which did not end well was going to: the next one goes on there, whenever the first was
     * killed. Empty for every other run.
     */
    public static Optional<String> destination(Run run) {
        return run.command().equals(UNDO) && !run.succeeded() ? Optional.ofNullable(run.backup()) : Optional.empty();
    }

    /** The safety backup of a run of that command that was the last and did not end well. */
    public Optional<String> unfinished(String command) {
        return toUndo().filter(run -> run.command().equals(command) && !run.succeeded())
                .flatMap(run -> Optional.ofNullable(run.safetyBackup()));
    }

    /** Whether the database bore the mark of {@code pgkeep protect} when a run last looked. */
    public boolean wasProtected() {
        return runs.stream()
                .filter(this::isHere)
                .flatMap(run -> Optional.ofNullable(run.wasProtected()).stream())
                .findFirst()
                .orElse(false);
    }

    /** Whether the run changed what undo can take back. */
    public static boolean isUndoable(Run run) {
        return (UNDOABLE.contains(run.command()) || run.command().equals(ROWS_RESTORE) && run.safetyBackup() != null)
                && (run.safetyBackup() != null || run.keptDatabase() != null || run.succeeded())
                && !isHalfwayBack(run);
    }

    /** Back is where the run that it took back began: undo goes on there, not to what that run left. */
    private static boolean isHalfwayBack(Run run) {
        return run.command().equals("rollback") && !run.succeeded();
    }

    private boolean isHere(Run run) {
        return run.server().isEmpty() || target.endpoints().stream().anyMatch(place -> place.isNamed(run.server()));
    }
}
