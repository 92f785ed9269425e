package dev.pgkeep.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rounds: everybody does the same work on the same database, one after the other, in a changing order. */
final class Contest {
    private final Database database;
    private final Rivals rivals;
    private final List<Runs> pgkeeps;
    private final Everyday everyday;
    private final Consumer<String> progress;
    private final Turns turns;

    Contest(Database database, Rivals rivals, List<Runs> pgkeeps, Everyday everyday, Consumer<String> progress) {
        this.database = database;
        this.rivals = rivals;
        this.pgkeeps = pgkeeps;
        this.everyday = everyday;
        this.progress = progress;
        this.turns = new Turns(progress);
    }

    Results run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            String title = "round " + (round + 1) + " of " + rounds;
            database.renew();
            rivals.readAll();
            turns.take(title, round, backups());
            turns.take(title, round, restores());
            turns.take(title, round, pgkeeps.stream().map(Runs::unchanged).toList());
            progress.accept(database.append());
            turns.take(title, round, pgkeeps.stream().map(Runs::appended).toList());
            database.update();
            turns.take(title, round, pgkeeps.stream().map(Runs::updated).toList());
            database.removeLargeObjects();
            turns.take(
                    title,
                    round,
                    pgkeeps.stream()
                            .map(each -> each.deltaRestore(database::update))
                            .toList());
            turns.take(title, round, everyday.tasks());
            pgkeeps.forEach(Runs::forget);
            rivals.forget();
        }
        return turns.results();
    }

    private List<Task> backups() {
        List<Task> tasks = new ArrayList<>(rivals.backups());
        pgkeeps.forEach(each -> tasks.add(each.first()));
        return tasks;
    }

    private List<Task> restores() {
        List<Task> tasks = new ArrayList<>(rivals.restores());
        pgkeeps.forEach(each -> tasks.addAll(each.restores()));
        return tasks;
    }
}
