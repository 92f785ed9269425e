package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.repository.Repository;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Backups after a change, each after a first backup: with what they read, beside a full read and pg_dump. */
final class IncrementalBackups {
    private final Options options;
    private final Rivals rivals;
    private final List<Pgkeep> pgkeeps;
    private final Turns turns;
    private final Set<Compared> compared = new LinkedHashSet<>();
    private final Map<Step, String> read = new HashMap<>();

    /** @param pgkeeps each with a repository that does not exist yet */
    IncrementalBackups(Options options, Rivals rivals, List<Pgkeep> pgkeeps, Turns turns) {
        this.options = options;
        this.rivals = rivals;
        this.pgkeeps = pgkeeps;
        this.turns = turns;
    }

    /** What is compared for one change and one kind of pgkeep. */
    private record Compared(Change change, Flavour flavour, Step dump) {
        Step first() {
            return step("first backup");
        }

        Step later() {
            return step("pgkeep backup");
        }

        Step full() {
            return step("pgkeep backup --full");
        }

        private Step step(String what) {
            return Step.of(change.title() + ": " + what, Kind.OTHER, flavour);
        }
    }

    /**
     * Once for one change.
     *
     * @param renew makes the database as it was
     */
    void round(int round, Runnable renew, Change change) {
        String title = "round " + (round + 1) + " of " + options.rounds();
        renew.run();
        Task dumping = rivals.parallelDump();
        Step dump = Step.of(change.title() + ": " + dumping.step().title(), Kind.OTHER);
        List<Task> tasks = new ArrayList<>(List.of(new Task(dump, dumping.work())));
        for (Pgkeep pgkeep : pgkeeps) {
            var each = new Compared(change, pgkeep.flavour(), dump);
            compared.add(each);
            pgkeep.forget();
            turns.take(title, backup(each.first(), pgkeep, "first"));
            Pgkeep other = beside(pgkeep);
            Folders.copy(pgkeep.repository(), other.repository());
            tasks.add(backup(each.later(), pgkeep, "later"));
            tasks.add(backup(each.full(), other, "later", "--full"));
        }
        change.make().run();
        turns.take(title, round, tasks);
        pgkeeps.forEach(pgkeep -> {
            beside(pgkeep).forget();
            pgkeep.forget();
        });
    }

    /** With a copy of the repository, so that the full read finds in it what the other one found. */
    private static Pgkeep beside(Pgkeep pgkeep) {
        String name = pgkeep.repository().getFileName() + "-full";
        return new Pgkeep(
                pgkeep.meter(),
                pgkeep.flavour(),
                pgkeep.url(),
                pgkeep.repository().resolveSibling(name));
    }

    private Task backup(Step step, Pgkeep pgkeep, String name, String... more) {
        List<String> words = new ArrayList<>(List.of("backup", "--format", options.format(), "--name", name));
        words.addAll(List.of(more));
        return new Task(step, () -> {
            long before = pgkeep.bytes();
            Measured measured = pgkeep.run(options.withJobs(words.toArray(String[]::new)));
            read.put(step, read(pgkeep, name));
            return measured.withBytes(pgkeep.bytes() - before);
        });
    }

    /** As the metadata of a backup tells. */
    private static String read(Pgkeep pgkeep, String name) {
        return Repository.open(pgkeep.repository(), Clock.systemUTC()).list().stream()
                .filter(backup -> backup.name().equals(name))
                .flatMap(backup -> backup.summary().stream())
                .flatMap(summary -> summary.copies().stream())
                .map(Manifest.Copy::chunks)
                .filter(Objects::nonNull)
                .map(Manifest.Chunks::reading)
                .filter(Objects::nonNull)
                .findFirst()
                .map(IncrementalBackups::told)
                .orElse("–");
    }

    private static String told(Reading reading) {
        return Report.megabytes(reading.bytesRead()) + " of " + Report.megabytes(reading.bytesInAll());
    }

    void report(Report report, BarTable bars) {
        report.paragraph("| | time, s | CPU client, s | CPU server, s | process | read | new bytes |");
        report.paragraph("|---|--:|--:|--:|--:|--:|--:|");
        Set<Step> steps = new LinkedHashSet<>();
        compared.forEach(each -> steps.addAll(List.of(each.first(), each.later(), each.full(), each.dump())));
        steps.forEach(step -> row(report, step));
        report.paragraph("\nWhat a backup after a change takes, of others: time (CPU of client and server).\n");
        report.paragraph("| | of the first backup | of a full read | of pg_dump |");
        report.paragraph("|---|--:|--:|--:|");
        compared.forEach(each -> report.row(
                each.later().title(),
                ratios(each.later(), each.first()),
                ratios(each.later(), each.full()),
                ratios(each.later(), each.dump())));
        compared.stream()
                .filter(each -> !Double.isNaN(each.change.most()))
                .forEach(each -> bars.add(
                        Bar.ratio(
                                each.change.title() + ": time, of the first backup",
                                each.change.most()),
                        each.flavour.kind(),
                        ratio(each.later(), each.first(), Measured::seconds),
                        "CPU " + Report.number(ratio(each.later(), each.first(), Measured::cpu))));
    }

    private void row(Report report, Step step) {
        Results results = turns.results();
        long peak = (long) results.median(step, Measured::peakProcess);
        report.row(
                step.title(),
                Report.number(results.median(step, Measured::seconds)),
                Report.number(results.median(step, Measured::clientCpu)),
                Report.number(results.median(step, Measured::serverCpu)),
                peak > 0 ? Report.megabytes(peak) : "",
                read.getOrDefault(step, ""),
                Report.megabytes((long) results.median(step, Measured::bytes)));
    }

    private String ratios(Step one, Step other) {
        return Report.number(ratio(one, other, Measured::seconds)) + " ("
                + Report.number(ratio(one, other, Measured::cpu)) + ")";
    }

    private double ratio(Step one, Step other, ToDoubleFunction<Measured> what) {
        return turns.results().ratio(one, other, what);
    }
}
