package dev.pgkeep.bench;

import java.util.List;
import java.util.function.Consumer;

/** Time that follows the change: backups that read what changed, and restores that replace what differs. */
final class Incremental {
    private final Options options;
    private final Server server;
    private final List<Clients> installed;
    private final Meter meter;
    private final List<Flavour> flavours;
    private final Consumer<String> progress;

    Incremental(
            Options options,
            Server server,
            List<Clients> installed,
            Meter meter,
            List<Flavour> flavours,
            Consumer<String> progress) {
        this.options = options;
        this.server = server;
        this.installed = installed;
        this.meter = meter;
        this.flavours = flavours;
        this.progress = progress;
    }

    /** What happens to a large database. */
    private static List<Change> changes(Database database) {
        return List.of(
                new Change("nothing changed", 0.15, () -> {}),
                new Change("1 % more rows", 0.25, database::append),
                new Change("1 % of the rows updated all over", 0.5, database::update),
                Change.of("1 % of the rows deleted", database::delete),
                Change.of("one small table updated", database::updateHot));
    }

    /** Of a database that is there already. */
    void of(Database database, Report report, BarTable bars) {
        Rivals rivals = rivals(database.name());
        var backups = new IncrementalBackups(options, rivals, pgkeeps(database.name()), new Turns(progress));
        var restores = new DeltaRestores(options, database, rivals, pgkeeps(database.name()), new Turns(progress));
        for (int round = 0; round < options.rounds(); round++) {
            for (Change change : changes(database)) {
                backups.round(round, database::renew, change);
            }
            restores.round(round);
        }
        report.heading("Backups after a change");
        backups.report(report, bars);
        report.heading("Back to the backup after a change");
        restores.report(report, bars);
    }

    /** Of many small tables, which are made for it: as many as belong to a database of so many rows. */
    void ofManyTables(long rows, Report report) {
        var tables = new ManyTables(server, "bench_tables", rows);
        progress.accept("Making many small tables …");
        tables.create();
        report.fact("database", tables.describe());
        var backups =
                new IncrementalBackups(options, rivals(tables.name()), pgkeeps(tables.name()), new Turns(progress));
        for (int round = 0; round < options.rounds(); round++) {
            for (Change change : tables.changes()) {
                backups.round(round, () -> {}, change);
            }
        }
        report.heading("Backups of many small tables after a change");
        backups.report(report, new BarTable(flavours));
        tables.remove();
    }

    private Rivals rivals(String database) {
        return new Rivals(options, server, installed, meter, database);
    }

    private List<Pgkeep> pgkeeps(String database) {
        return flavours.stream()
                .map(each -> Pgkeep.of(options, meter, each, server.url(database), "repository"))
                .toList();
    }
}
