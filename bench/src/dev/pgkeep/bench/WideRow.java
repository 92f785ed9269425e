package dev.pgkeep.bench;

/** One value of 200 MB, backed up and restored: memory must not follow it. */
final class WideRow {
    private static final int MEGABYTES = 200;

    private static final String NAME = "wide";

    private final Options options;
    private final Server server;

    WideRow(Options options, Server server) {
        this.options = options;
        this.server = server;
    }

    void create() {
        server.run("postgres", "CREATE DATABASE " + NAME);
        server.run(
                NAME,
                "CREATE TABLE films (id int PRIMARY KEY, title text, content bytea)",
                "ALTER TABLE films ALTER COLUMN content SET STORAGE external",
                "INSERT INTO films SELECT 1, 'noise', string_agg(sha512(i::text::bytea), ''::bytea)"
                        + " FROM generate_series(1, " + MEGABYTES * 16384 + ") AS i",
                "INSERT INTO films SELECT n, 'short ' || n, sha256(n::text::bytea) FROM generate_series(2, 500) AS n",
                "INSERT INTO films SELECT 501, 'text', convert_to(repeat('a film of nothing ', " + MEGABYTES * 58254
                        + "), 'UTF8')");
    }

    void run(Meter meter, Flavour flavour, Report report, BarTable bars) {
        Pgkeep pgkeep = Pgkeep.of(options, meter, flavour, server.url(NAME), "wide-repository");
        var backup = pgkeep.run("backup", "--format", options.format(), "--name", "full");
        var restore = pgkeep.run("restore", "full", "--to", "wide_copy", "--create-db", "--yes");
        pgkeep.forget();
        server.drop("wide_copy");
        report.heading("Two rows of " + MEGABYTES + " MB (" + flavour.kind() + ")");
        report.fact("backup", Report.number(backup.seconds()) + " s, " + Report.megabytes(backup.peakProcess()));
        report.fact("restore", Report.number(restore.seconds()) + " s, " + Report.megabytes(restore.peakProcess()));
        bars.add(Bar.memory("backup of two rows of 200 MB"), flavour.kind(), backup.peakProcess());
        bars.add(Bar.memory("restore of two rows of 200 MB"), flavour.kind(), restore.peakProcess());
    }

    void remove() {
        server.drop(NAME);
    }
}
