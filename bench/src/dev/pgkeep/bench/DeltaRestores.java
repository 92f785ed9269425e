package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Back to the backup after a change: only what differs is replaced, undone again, then everything is replaced. Safety
 * backups and proof are part of all of it; beside it stands pg_restore into a new database.
 */
final class DeltaRestores {
    private static final Pattern WAY = Pattern.compile("\"way\": *\"([a-z]+)\"");
    private static final String DELTA = "delta";
    private static final int DELETED = 1000;

    private final Options options;
    private final Database database;
    private final Rivals rivals;
    private final List<Pgkeep> pgkeeps;
    private final Turns turns;
    private final Map<Flavour.Kind, String> ways = new HashMap<>();

    DeltaRestores(Options options, Database database, Rivals rivals, List<Pgkeep> pgkeeps, Turns turns) {
        this.options = options;
        this.database = database;
        this.rivals = rivals;
        this.pgkeeps = pgkeeps;
        this.turns = turns;
    }

    private List<Change> changes() {
        return List.of(
                new Change("1 % updated all over", Bars.DELTA_MOST, database::update),
                Change.of(String.format("%,d rows deleted", DELETED), () -> database.delete(DELETED)));
    }

    void round(int round) {
        String title = "round " + (round + 1) + " of " + options.rounds();
        database.renew();
        rivals.kept().forEach(task -> task.work().get());
        turns.take(title, round, rivals.plainRestores());
        rivals.forget();
        for (Change change : changes()) {
            pgkeeps.forEach(pgkeep -> backAndForth(title, change, pgkeep));
        }
    }

    private void backAndForth(String title, Change change, Pgkeep pgkeep) {
        database.renew();
        database.removeLargeObjects();
        String before = database.content();
        pgkeep.forget();
        pgkeep.run("backup", "--format", options.format(), "--name", "full");
        change.make().run();
        turns.take(title, new Task(step(change, "pgkeep restore latest", pgkeep.flavour()), () -> {
            Measured measured = pgkeep.run(options.withJobs("restore", "latest", "--yes", "--json"));
            ways.merge(pgkeep.flavour().kind(), way(pgkeep), (one, other) -> one.equals(DELTA) ? other : one);
            return measured;
        }));
        expect(database.content().equals(before), "restore latest did not bring the rows back");
        turns.take(
                title, new Task(step(change, "pgkeep undo", pgkeep.flavour()), () -> pgkeep.run("undo", "--yes")));
        expect(!database.content().equals(before), "undo did not bring the change back");
        turns.take(
                title,
                new Task(
                        step(change, "pgkeep restore --no-delta", pgkeep.flavour()),
                        () -> pgkeep.run(options.withJobs("restore", "full", "--no-delta", "--yes"))));
        expect(database.content().equals(before), "restore --no-delta did not bring the rows back");
        pgkeep.forget();
    }

    private static Step step(Change change, String what, Flavour flavour) {
        return Step.of(change.title() + ": " + what, Kind.OTHER, flavour);
    }

    private static String way(Pgkeep pgkeep) {
        Matcher way = WAY.matcher(pgkeep.meter().output());
        return way.find() ? way.group(1) : "?";
    }

    private static void expect(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }

    void report(Report report, BarTable bars) {
        Results results = turns.results();
        Step rival = results.best(Kind.PG_RESTORE).orElseThrow();
        report.paragraph("| | time, s | CPU client, s | CPU server, s | process | of pg_restore: time (CPU) |");
        report.paragraph("|---|--:|--:|--:|--:|--:|");
        results.steps().stream()
                .filter(step -> step.kind() == Kind.PG_RESTORE || step.flavour().isPresent())
                .forEach(step -> row(report, step, rival));
        report.paragraph("");
        report.fact("pg_restore to compare with", rival.title() + ", the best one");
        ways.forEach((kind, way) -> report.fact(
                "way of restore latest (" + kind + ")",
                way + (way.equals(DELTA) ? "" : ": so nothing is held against the bar (is the database too small?)")));
        for (Pgkeep pgkeep : pgkeeps) {
            Flavour.Kind kind = pgkeep.flavour().kind();
            Step step = step(changes().getFirst(), "pgkeep restore latest", pgkeep.flavour());
            Bar bar = Bar.ratio(Bars.DELTA + ": time, of " + rival.title() + ", the best", Bars.DELTA_MOST);
            if (DELTA.equals(ways.get(kind))) {
                bars.add(
                        bar,
                        kind,
                        results.ratio(step, rival, Measured::seconds),
                        "CPU " + Report.number(results.ratio(step, rival, Measured::cpu)));
            } else {
                bars.addEmpty(bar);
            }
        }
    }

    private void row(Report report, Step step, Step rival) {
        Results results = turns.results();
        long peak = (long) results.median(step, Measured::peakProcess);
        report.row(
                step.title(),
                Report.number(results.median(step, Measured::seconds)),
                Report.number(results.median(step, Measured::clientCpu)),
                Report.number(results.median(step, Measured::serverCpu)),
                peak > 0 ? Report.megabytes(peak) : "",
                Report.number(results.ratio(step, rival, Measured::seconds)) + " ("
                        + Report.number(results.ratio(step, rival, Measured::cpu)) + ")");
    }
}
