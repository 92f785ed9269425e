package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The rounds: everybody does the same work on the same database, one after the other, in a changing order. */
final class Contest {
    private final Database database;
    private final Rivals rivals;
    private final List<Runs> pgkeeps;
    private final Everyday everyday;
    private final Consumer<String> progress;
    private final Results results = new Results();

    Contest(Database database, Rivals rivals, List<Runs> pgkeeps, Everyday everyday, Consumer<String> progress) {
        this.database = database;
        this.rivals = rivals;
        this.pgkeeps = pgkeeps;
        this.everyday = everyday;
        this.progress = progress;
    }

    Results run(int rounds) throws IOException, SQLException {
        for (int round = 0; round < rounds; round++) {
            String title = "round " + (round + 1) + " of " + rounds;
            database.renew();
            rivals.readAll();
            measure(title, rotated(backups(), round));
            measure(title, rotated(restores(), round));
            measure(title, rotated(pgkeeps.stream().map(Runs::unchanged).toList(), round));
            progress.accept(database.append());
            measure(title, rotated(pgkeeps.stream().map(Runs::appended).toList(), round));
            database.update();
            measure(title, rotated(pgkeeps.stream().map(Runs::updated).toList(), round));
            measure(title, rotated(everyday.tasks(), round));
            pgkeeps.forEach(Runs::forget);
            rivals.forget();
        }
        return results;
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

    private void measure(String round, List<Task> tasks) {
        for (Task task : tasks) {
            Measured measured = task.work().get();
            results.add(task.step(), measured);
            progress.accept("%s: %-47s %7.2f s  client %6.2f s  server %6.2f s  %5d MB  %s"
                    .formatted(
                            round,
                            task.step().title(),
                            measured.seconds(),
                            measured.clientCpu(),
                            measured.serverCpu(),
                            measured.peak() >> 20,
                            measured.bytes() > 0 ? Report.megabytes(measured.bytes()) : ""));
        }
    }

    private static List<Task> rotated(List<Task> tasks, int round) {
        List<Task> rotated = new ArrayList<>(tasks);
        Collections.rotate(rotated, -round);
        return rotated;
    }
}
