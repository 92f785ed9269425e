package dev.pgkeep.cli;

import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.run.PastRuns;
import dev.pgkeep.operation.undo.UndoChoice;
import dev.pgkeep.operation.undo.WayBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The story of a database, and where undo leads; for people. */
record UndoStory(UndoChoice choice, Instant now) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        choice.passed()
                .forEach(run -> lines.add("The " + run.command() + " of " + TimeArguments.text(run.started())
                        + " ended before the names were swapped: it changed nothing."));
        String database = choice.target().database();
        lines.add("The last thing that changed " + database + ": "
                + choice.run().command() + ", " + Spans.ago(choice.run().started(), now) + ending() + ".");
        switch (choice.way()) {
            case WayBack.Arrived() ->
                lines.add("It had swapped the names by then, so " + database + " is what it was to become.");
            case WayBack.Kept(var kept) ->
                lines.add("What it replaced is kept as " + kept.name() + ": undo swaps the names back.");
            case WayBack.Rows rows ->
                lines.add("Its rows were written down: undo puts them back, and leaves everything else as it is now."
                        + " The whole database as it was before: pgkeep undo --whole");
            case WayBack.Backup(String name) -> lines.addAll(backup(name));
        }
        return lines;
    }

    private List<String> backup(String name) {
        Run run = choice.run();
        List<String> lines = new ArrayList<>();
        if (run.keptDatabase() != null) {
            lines.add(run.keptDatabase() + ", which it had kept, is gone.");
        }
        if (PastRuns.destination(run).isPresent()) {
            lines.add("That undo was on its way to " + name + ": this one goes on there."
                    + (run.safetyBackup() == null
                            ? ""
                            : " The database as it was before: pgkeep restore " + ShellWords.word(run.safetyBackup())));
            return lines;
        }
        lines.add("Before it, the database was backed up as " + name + ": undo goes back to that.");
        choice.failedBefore()
                .filter(before -> before.safetyBackup() != null && !name.equals(before.safetyBackup()))
                .ifPresent(before -> lines.add("A " + before.command() + " before it, "
                        + Spans.ago(before.started(), now)
                        + ", did not end well; the database before that one: pgkeep restore "
                        + ShellWords.word(String.valueOf(before.safetyBackup()))));
        return lines;
    }

    private String ending() {
        return switch (choice.run().outcome()) {
            case Run.DONE -> "";
            case Run.RUNNING -> "; it was killed before it ended";
            case "interrupted" -> "; it was interrupted";
            default -> "; it failed";
        };
    }
}
