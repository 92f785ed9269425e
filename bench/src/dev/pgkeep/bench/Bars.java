package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What pgkeep wants to reach beside PostgreSQL's own programs, read out of what was measured. */
final class Bars {
    /** What a restore of what changed only is called, and how much of the best pg_restore it may take. */
    static final String DELTA = "restore of what changed only, 1 % of the rows updated";

    static final double DELTA_MOST = 0.1;

    private static final long LARGE = 1_000_000_000;

    private final Results results;
    private final BarTable table;
    private final List<Flavour> flavours;

    private Bars(Results results, List<Flavour> flavours) {
        this.results = results;
        this.flavours = flavours;
        this.table = new BarTable(flavours);
    }

    /** @param databaseBytes how large the database was: a small one has more of start in it */
    static BarTable of(Results results, List<Flavour> flavours, long databaseBytes) {
        var bars = new Bars(results, flavours);
        bars.firstBackup(databaseBytes >= LARGE ? 1.8 : 2.0);
        bars.laterBackups();
        bars.restores();
        bars.everyday();
        bars.memory();
        return bars.table;
    }

    private void firstBackup(double work) {
        results.best(Kind.LIMIT)
                .ifPresent(limit -> each(
                        Bar.ratio("first backup: CPU of client and server, of " + limit.title(), work),
                        Kind.FULL,
                        full -> results.ratio(full, limit, Measured::cpu)));
        results.best(Kind.PARALLEL_DUMP).ifPresent(dump -> {
            time("first backup: time, of " + dump.title() + ", the best parallel one", 1.0, Kind.FULL, dump);
            each(
                    Bar.ratio("first backup: bytes, of the same", 0.5),
                    Kind.FULL,
                    full -> results.ratio(full, dump, Measured::bytes));
        });
        results.best(Kind.DUMP)
                .ifPresent(dump -> time("first backup: time, of " + dump.title(), 0.35, Kind.FULL, dump));
    }

    private void laterBackups() {
        later("nothing changed: time, of the first backup", 0.15, Kind.UNCHANGED);
        later("1 % more rows: time, of the first backup", 0.25, Kind.APPENDED);
        later("1 % of the rows updated all over: time, of the first backup", 0.5, Kind.UPDATED);
        share("nothing changed: new bytes, of the first backup", 1, Kind.UNCHANGED);
        share("1 % more rows: new bytes, of the first backup", 3, Kind.APPENDED);
    }

    private void restores() {
        results.best(Kind.PG_RESTORE).ifPresent(restore -> {
            String best = ": time, of " + restore.title() + ", the best";
            time("restore with proof" + best, 1.0, Kind.RESTORE, restore);
            time("restore without proof" + best, 0.9, Kind.RESTORE_UNPROVEN, restore);
            time(DELTA + best, DELTA_MOST, Kind.DELTA_RESTORE, restore);
        });
    }

    private void everyday() {
        absolute(Bar.seconds("backup of a 10 MB database, start to end", 0.5), Kind.SMALL_BACKUP);
        absolute(Bar.seconds("list of 50 backups", 0.05), Kind.LIST);
    }

    private void absolute(Bar bar, Kind kind) {
        for (Flavour flavour : flavours) {
            results.of(kind, flavour.kind())
                    .ifPresent(step -> table.add(
                            bar,
                            flavour.kind(),
                            results.median(step, Measured::seconds),
                            "CPU " + Report.number(results.median(step, Measured::cpu)) + " s"));
        }
    }

    private void memory() {
        Bar bar = Bar.memory("all of it");
        flavours.forEach(each -> table.add(bar, each.kind(), results.peakProcess(each.kind())));
    }

    private void time(String what, double most, Kind kind, Step other) {
        timed(Bar.ratio(what, most), kind, ignored -> Optional.of(other));
    }

    private void later(String what, double most, Kind kind) {
        timed(Bar.ratio(what, most), kind, flavour -> results.of(Kind.FULL, flavour));
    }

    /** Where others are busy on the machine, CPU says more than the clock: it stands beside it. */
    private void timed(Bar bar, Kind kind, Function<Flavour.Kind, Optional<Step>> other) {
        table.addEmpty(bar);
        for (Flavour flavour : flavours) {
            results.of(kind, flavour.kind())
                    .ifPresent(step -> other.apply(flavour.kind())
                            .ifPresent(against -> table.add(
                                    bar,
                                    flavour.kind(),
                                    results.ratio(step, against, Measured::seconds),
                                    "CPU " + Report.number(results.ratio(step, against, Measured::cpu)))));
        }
    }

    private void share(String what, double most, Kind kind) {
        Bar bar = Bar.percent(what, most);
        for (Flavour flavour : flavours) {
            results.of(kind, flavour.kind())
                    .ifPresent(step -> results.of(Kind.FULL, flavour.kind())
                            .ifPresent(full ->
                                    table.add(bar, flavour.kind(), results.ratio(step, full, Measured::bytes) * 100)));
        }
    }

    private void each(Bar bar, Kind kind, ToDoubleFunction<Step> value) {
        table.addEmpty(bar);
        for (Flavour flavour : flavours) {
            results.of(kind, flavour.kind())
                    .ifPresent(step -> table.add(bar, flavour.kind(), value.applyAsDouble(step)));
        }
    }
}
