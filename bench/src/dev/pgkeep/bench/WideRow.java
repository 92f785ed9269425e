package dev.pgkeep.bench;

import java.util.List;

/** One value of 200 MB, backed up and restored: memory must not follow it. */
final class WideRow {
    private static final int MEGABYTES = 200;

    private final Options options;
    private final Server server;
    private final Meter meter;

    WideRow(Options options, Server server, Meter meter) {
        this.options = options;
        this.server = server;
        this.meter = meter;
    }

    String run() {
        server.run("postgres", "CREATE DATABASE wide");
        server.run(
                "wide",
                "CREATE TABLE films (id int PRIMARY KEY, title text, content bytea)",
                "ALTER TABLE films ALTER COLUMN content SET STORAGE external",
                "INSERT INTO films SELECT 1, 'noise', string_agg(sha512(i::text::bytea), ''::bytea)"
                        + " FROM generate_series(1, " + MEGABYTES * 16384 + ") AS i",
                "INSERT INTO films SELECT n, 'short ' || n, sha256(n::text::bytea) FROM generate_series(2, 500) AS n",
                "INSERT INTO films SELECT 501, 'text', convert_to(repeat('a film of nothing ', " + MEGABYTES * 58254
                        + "), 'UTF8')");
        Pgkeep pgkeep = Pgkeep.of(options, meter, server.url("wide"), "wide-repository");
        var backup = pgkeep.run("backup", "--format", options.format(), "--name", "full");
        var restore = pgkeep.run("restore", "full", "--to", "wide_copy", "--create-db", "--yes");
        pgkeep.forget();
        server.drop("wide");
        server.drop("wide_copy");
        Report report = new Report().heading("Two rows of " + MEGABYTES + " MB");
        report.fact("backup", Report.number(backup.seconds()) + " s, " + Report.megabytes(backup.peakJava()));
        report.fact("restore", Report.number(restore.seconds()) + " s, " + Report.megabytes(restore.peakJava()));
        report.bars(List.of(
                Bars.memory("backup of a wide row", backup.peakJava()),
                Bars.memory("restore of a wide row", restore.peakJava())));
        return report.toString();
    }
}
