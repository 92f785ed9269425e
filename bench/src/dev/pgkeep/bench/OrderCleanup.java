package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One order in a hundred goes with everything that refers to it, and comes back. */
final class OrderCleanup {
    private static final String WHICH = "id % 100 = 42";

    private final Options options;
    private final Server server;
    private final Database database;
    private final Pgkeep pgkeep;
    private final Report report;
    private final BarTable bars;

    OrderCleanup(Options options, Server server, Database database, Pgkeep pgkeep, Report report, BarTable bars) {
        this.options = options;
        this.server = server;
        this.database = database;
        this.pgkeep = pgkeep;
        this.report = report;
        this.bars = bars;
    }

    void run() throws IOException {
        database.renew();
        report.heading("Cleanup of 1 % of the orders (" + pgkeep.flavour().kind() + ")");
        Measured backup = pgkeep.run("backup", "--name", "full", "--format", options.format());
        long before = pgkeep.bytes();
        long rows = rows();
        report.paragraph("\n| | time, s | CPU client, s | CPU server, s | process | written |");
        report.paragraph("|---|--:|--:|--:|--:|--:|");
        row("a first backup, to compare with", backup, before);
        row("preview", cleanup(), 0);
        Measured deletion = cleanup("--execute", "--yes");
        long gone = rows - rows();
        row("cleanup with its safety backup", deletion, pgkeep.bytes() - before);
        row("undo: the rows come back", pgkeep.run("undo", "--yes"), 0);
        long missing = rows - rows();
        before = pgkeep.bytes();
        row(
                "the same cleanup in batches of 1,000",
                cleanup("--execute", "--yes", "--batch", "1000"),
                pgkeep.bytes() - before);
        report.paragraph("");
        report.fact(
                "rows that went", String.format("%,d", gone) + ", in a document of " + Report.megabytes(document()));
        bars.add(
                Bar.count("rows that are not back after undo", 0),
                pgkeep.flavour().kind(),
                missing);
        pgkeep.forget();
    }

    private Measured cleanup(String... more) {
        List<String> words = new ArrayList<>(List.of("cleanup", "--table", "orders", "--where", WHICH));
        words.addAll(List.of(more));
        return pgkeep.run(words.toArray(String[]::new));
    }

    /** Of the tables from which something goes. */
    private long rows() {
        return Long.parseLong(server.ask(
                database.name(),
                "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM order_items)"
                        + " + (SELECT count(*) FROM payments)"));
    }

    /** Bytes of the newest document of rows. */
    private long document() throws IOException {
        try (Stream<Path> files = Files.list(pgkeep.repository().resolve("rows"))) {
            return Files.size(files.max(Path::compareTo).orElseThrow());
        }
    }

    private void row(String title, Measured measured, long written) {
        report.row(
                title,
                Report.number(measured.seconds()),
                Report.number(measured.clientCpu()),
                Report.number(measured.serverCpu()),
                Report.megabytes(measured.peakProcess()),
                written == 0 ? "–" : Report.megabytes(written));
        bars.add(Bar.memory(title), pgkeep.flavour().kind(), measured.peakProcess());
    }
}
