package dev.pgkeep.operation.undo;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The choice of the run that undo goes back to before, and of the way. A decision on the history and on what the server
 * keeps; nothing is looked at for it.
 *
 * @param run the run
 * @param target the database that it changed
 * @param way where undo leads
 * @param failedBefore the run before it, where that had failed
 * @param passed later runs that ended before the names were swapped, and so changed nothing; the newest first
 */
public record UndoChoice(Run run, Target target, WayBack way, Optional<Run> failedBefore, List<Run> passed) {
    /**
     * The commands that go to the test database where one is set, and nowhere else; the others change the configured
     * one.
     */
    private static final Set<String> GO_TO_TEST = Set.of("restore", "refresh");

    public UndoChoice {
        passed = List.copyOf(passed);
    }

    /**
     * A database that may have been changed last, and what its server keeps of it.
     *
     * @param kept the databases that it was and that are kept, the newest first
     * @param isBesideTest whether there is a test database too, so that restores do not go to this one
     */
    record Candidate(Target target, List<KeptDatabase> kept, boolean isBesideTest) {
        Candidate {
            kept = List.copyOf(kept);
        }
    }

    /** The run that was found, and how what it replaced can be had back. */
    private record Found(
            Run run, Target target, Optional<Run> failedBefore, Optional<KeptDatabase> kept, List<Run> passed) {
        boolean hasArrived() {
            return isOnTheWay(run) && run.backup() == null && run.keptDatabase() != null && kept.isEmpty();
        }
    }

    /**
     * Decides which run to go back to before.
     *
     * @param runs the whole history, newest first
     * @param candidates the databases that count, at least one; the first names what was looked for
     * @param rowsDocument finds a document of rows that a run names, where it is still there
     * @param whole whether deleted rows are not enough, and the whole backup is wanted
     * @throws PgkeepException BACKUP_NOT_FOUND when there is nothing to undo, or no way back
     */
    static UndoChoice of(
            List<Run> runs, List<Candidate> candidates, Function<String, Optional<Path>> rowsDocument, boolean whole) {
        Found found = candidates.stream()
                .flatMap(each -> find(runs, each).stream())
                .max(Comparator.comparing(each -> each.run().started()))
                .orElseThrow(() -> nothing(runs, candidates.getFirst().target()));
        return new UndoChoice(
                found.run(), found.target(), way(found, rowsDocument, whole), found.failedBefore(), found.passed());
    }

    private static WayBack way(Found found, Function<String, Optional<Path>> rowsDocument, boolean whole) {
        if (found.hasArrived()) {
            return new WayBack.Arrived();
        }
        if (found.kept().isPresent()) {
            return new WayBack.Kept(found.kept().get());
        }
        Optional<Path> rows = Optional.ofNullable(found.run().rowsDocument())
                .filter(name -> !whole)
                .flatMap(rowsDocument);
        return rows.<WayBack>map(WayBack.Rows::new).orElseGet(() -> new WayBack.Backup(destination(found)));
    }

    /** A run that kept a database and is not finished counts only if that database is there or was dropped later. */
    private static Optional<Found> find(List<Run> runs, Candidate candidate) {
        return findAny(runs, candidate.target(), candidate.kept())
                .filter(each -> !candidate.isBesideTest()
                        || !GO_TO_TEST.contains(each.run().command()));
    }

    private static Optional<Found> findAny(List<Run> runs, Target target, List<KeptDatabase> kept) {
        PastRuns past = new PastRuns(runs, target);
        List<Run> passed = new ArrayList<>();
        for (Run run : past.changes()) {
            String name = run.keptDatabase();
            Optional<KeptDatabase> there =
                    kept.stream().filter(each -> each.name().equals(name)).findFirst();
            if (name != null && there.isEmpty() && !run.succeeded() && !past.wasDiscarded(name)) {
                passed.add(run);
                continue;
            }
            if (isOnTheWay(run) && run.backup() == null && there.isPresent()) {
                return Optional.of(new Found(run, target, Optional.empty(), Optional.empty(), passed));
            }
            return Optional.of(new Found(run, target, past.failedBefore(), there, passed));
        }
        return kept.stream()
                .findFirst()
                .map(each -> new Found(said(each), target, Optional.empty(), Optional.of(each), passed));
    }

    private static boolean isOnTheWay(Run run) {
        return run.command().equals(PastRuns.UNDO) && !run.succeeded();
    }

    /** The run that replaced a database, as that itself tells: another repository may know it. */
    private static Run said(KeptDatabase kept) {
        KeptDatabaseComment note = kept.note();
        return Run.builder(kept.name(), note.command(), note.database(), note.since())
                .backup(note.by())
                .keptDatabase(kept.name())
                .build();
    }

    /** The backup to go back to; after an undo that did not end well, the one where that was going. */
    private static String destination(Found found) {
        Run run = found.run();
        return PastRuns.destination(run)
                .or(() -> Optional.ofNullable(run.safetyBackup()))
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "the last " + run.command() + " made no safety backup: "
                                + (run.keptDatabase() == null
                                        ? "there was nothing in "
                                                + found.target().database() + " before, or none was wanted"
                                        : run.keptDatabase() + ", which it had kept instead, is gone"),
                        "choose a backup yourself: pgkeep list"));
    }

    private static PgkeepException nothing(List<Run> runs, Target target) {
        return new PastRuns(runs, target)
                .elsewhere()
                .map(run -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "nothing was changed in " + target.database() + " on " + target.describeServer() + "; the last "
                                + run.command() + " of a database of that name was on " + run.server(),
                        "undo that with the --url of that server, or choose a backup yourself: pgkeep list"))
                .orElseGet(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "there is nothing to undo: this repository knows of no restore, reset or migration of "
                                + target.database(),
                        "choose a backup yourself: pgkeep list"));
    }
}
