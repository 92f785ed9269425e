package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Tasks one after the other, each round in another order; says and keeps what was measured. */
final class Turns {
    private final Consumer<String> progress;
    private final Results results = new Results();

    Turns(Consumer<String> progress) {
        this.progress = progress;
    }

    Results results() {
        return results;
    }

    void take(String title, int round, List<Task> tasks) {
        List<Task> rotated = new ArrayList<>(tasks);
        Collections.rotate(rotated, -round);
        rotated.forEach(task -> take(title, task));
    }

    void take(String title, Task task) {
        Measured measured = task.work().get();
        results.add(task.step(), measured);
        progress.accept("%s: %-47s %7.2f s  client %6.2f s  server %6.2f s  %5d MB  %s"
                .formatted(
                        title,
                        task.step().title(),
                        measured.seconds(),
                        measured.clientCpu(),
                        measured.serverCpu(),
                        measured.peak() >> 20,
                        measured.bytes() > 0 ? Report.megabytes(measured.bytes()) : ""));
    }
}
