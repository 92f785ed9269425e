package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabaseComment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which run undo goes back to before, and what is said about it.
 *
 * @param run the run
 * @param target the database that it changed
 * @param failedBefore the run before it, where that had failed
 * @param kept what it replaced, where that is still on the server
 * @param passed what is said about later runs, which changed nothing
 */
record UndoChoice(
        Run run, Target target, Optional<Run> failedBefore, Optional<KeptDatabase> kept, List<String> passed) {
    /** What goes to the test database where one is set, and nowhere else; the others change the configured one. */
    private static final Set<String> GO_TO_TEST = Set.of("restore", "refresh");

    /** @throws PgkeepException BACKUP_NOT_FOUND when there is nothing to undo */
    static UndoChoice of(Pgkeep pgkeep) {
        List<Run> runs = pgkeep.repository().runs();
        Optional<Target> test = pgkeep.testTarget();
        List<UndoChoice> candidates = new ArrayList<>();
        test.flatMap(target -> find(pgkeep, runs, target)).ifPresent(candidates::add);
        if (test.isEmpty() || pgkeep.settings().connection().isPresent()) {
            find(pgkeep, runs, pgkeep.target())
                    .filter(each ->
                            test.isEmpty() || !GO_TO_TEST.contains(each.run().command()))
                    .ifPresent(candidates::add);
        }
        return candidates.stream()
                .max(Comparator.comparing(each -> each.run().started()))
                .orElseThrow(() -> nothing(runs, test.orElseGet(pgkeep::target)));
    }

    /** A run that kept a database and is not finished counts only if that database is there or was dropped later. */
    private static Optional<UndoChoice> find(Pgkeep pgkeep, List<Run> runs, Target target) {
        PastRuns past = new PastRuns(runs, target);
        List<KeptDatabase> kept = kept(pgkeep, target);
        List<String> passed = new ArrayList<>();
        for (Run run : past.changes()) {
            String name = run.keptDatabase();
            Optional<KeptDatabase> there =
                    kept.stream().filter(each -> each.name().equals(name)).findFirst();
            if (name != null && there.isEmpty() && !run.succeeded() && !past.wasDiscarded(name)) {
                passed.add("The " + run.command() + " of " + TimeArguments.text(run.started())
                        + " ended before the names were swapped: it changed nothing.");
                continue;
            }
            if (isOnTheWay(run) && run.backup() == null && there.isPresent()) {
                return Optional.of(new UndoChoice(run, target, Optional.empty(), Optional.empty(), passed));
            }
            return Optional.of(new UndoChoice(run, target, past.failedBefore(), there, passed));
        }
        return kept.stream()
                .findFirst()
                .map(each -> new UndoChoice(said(each), target, Optional.empty(), Optional.of(each), passed));
    }

    private static boolean isOnTheWay(Run run) {
        return run.command().equals(PastRuns.UNDO) && !run.succeeded();
    }

    /**
     * Whether the last run was an undo that had swapped the names already when it was killed: there is nothing to do.
     */
    boolean hasArrived() {
        return isOnTheWay(run) && run.backup() == null && run.keptDatabase() != null && kept.isEmpty();
    }

    /** What the database itself says of the run that replaced it, which another repository knows. */
    private static Run said(KeptDatabase kept) {
        KeptDatabaseComment note = kept.note();
        return Run.builder(kept.name(), note.command(), note.database(), note.since())
                .backup(note.by())
                .keptDatabase(kept.name())
                .build();
    }

    /** The databases that were the target and are kept, the newest first. */
    static List<KeptDatabase> kept(Pgkeep pgkeep, Target target) {
        try {
            return pgkeep.farewell().list(target).stream()
                    .filter(each -> each.note().database().equals(target.database()))
                    .toList();
        } catch (PgkeepException e) {
            // Who may not look beside the database cannot have swapped it either.
            if (e.code() == ErrorCode.LOGIN_FAILED || e.code() == ErrorCode.RIGHTS_MISSING) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * The backup to go back to; after an undo that did not end well, the one where that was going.
     *
     * @throws PgkeepException BACKUP_NOT_FOUND when none was made
     */
    String destination() {
        return PastRuns.destination(run)
                .or(() -> Optional.ofNullable(run.safetyBackup()))
                .orElseThrow(() -> new PgkeepException(
                        ErrorCode.BACKUP_NOT_FOUND,
                        "the last " + run.command() + " made no safety backup: "
                                + (run.keptDatabase() == null
                                        ? "there was nothing in " + target.database() + " before, or none was wanted"
                                        : run.keptDatabase() + ", which it had kept instead, is gone"),
                        "choose a backup yourself: pgkeep list"));
    }

    /** The rows that a cleanup deleted, where it wrote them down. */
    Optional<Path> rowsDocument(Pgkeep pgkeep) {
        return Optional.ofNullable(run.rowsDocument())
                .map(pgkeep.repository().root()::resolve)
                .filter(Files::isRegularFile);
    }

    /**
     * What happened, and where this leads; for people.
     *
     * @param byRows whether deleted rows are put back, and everything else stays
     */
    List<String> story(Instant now, boolean byRows) {
        List<String> lines = new ArrayList<>(passed);
        lines.add("The last thing that changed " + target.database() + ": " + run.command() + ", "
                + Spans.ago(run.started(), now) + ending() + ".");
        if (hasArrived()) {
            lines.add("It had swapped the names by then, so " + target.database() + " is what it was to become.");
            return lines;
        }
        if (kept.isPresent()) {
            lines.add("What it replaced is kept as " + kept.get().name() + ": undo swaps the names back.");
            return lines;
        }
        if (byRows) {
            lines.add("Its rows were written down: undo puts them back, and leaves everything else as it is now."
                    + " The whole database as it was before: pgkeep undo --whole");
            return lines;
        }
        if (run.keptDatabase() != null) {
            lines.add(run.keptDatabase() + ", which it had kept, is gone.");
        }
        if (PastRuns.destination(run).isPresent()) {
            lines.add("That undo was on its way to " + destination() + ": this one goes on there."
                    + (run.safetyBackup() == null
                            ? ""
                            : " The database as it was before: pgkeep restore " + ShellWords.word(run.safetyBackup())));
            return lines;
        }
        lines.add("Before it, the database was backed up as " + destination() + ": undo goes back to that.");
        failedBefore
                .filter(before ->
                        before.safetyBackup() != null && !destination().equals(before.safetyBackup()))
                .ifPresent(before -> lines.add("A " + before.command() + " before it, "
                        + Spans.ago(before.started(), now)
                        + ", did not end well; the database before that one: pgkeep restore "
                        + ShellWords.word(String.valueOf(before.safetyBackup()))));
        return lines;
    }

    private String ending() {
        return switch (run.outcome()) {
            case Run.DONE -> "";
            case Run.RUNNING -> "; it was killed before it ended";
            case "interrupted" -> "; it was interrupted";
            default -> "; it failed";
        };
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
