package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.contents.RowChunk;
import dev.pgkeep.repository.pack.ChunkStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it takes to say what changed, and to get a thousand rows out of a backup. */
final class Changes {
    private static final Pattern READ = Pattern.compile("\"chunkBytesRead\": (\\d+)");
    private static final Pattern LIVE = Pattern.compile("\"bytesRead\": (\\d+),\\s+\"bytesInAll\": (\\d+)");
    private static final Pattern CHANGED = Pattern.compile("\"changed\": (\\d+),\\s+\"rowsRead\"");

    private final Options options;
    private final Server server;
    private final Database database;
    private final Pgkeep pgkeep;
    private final Report report;
    private final BarTable bars;

    Changes(Options options, Server server, Database database, Pgkeep pgkeep, Report report, BarTable bars) {
        this.options = options;
        this.server = server;
        this.database = database;
        this.pgkeep = pgkeep;
        this.report = report;
        this.bars = bars;
    }

    void run() {
        String large = database.data().large();
        database.renew();
        pgkeep.run("backup", "--name", "full");
        report.heading("What changed, and single rows (" + pgkeep.flavour().kind() + ")");
        report.fact("repository after the first backup", Report.megabytes(pgkeep.bytes()));
        report.paragraph(
                "\n| | time, s | CPU client, s | CPU server, s | process | read of the repository | of the database |");
        report.paragraph("|---|--:|--:|--:|--:|--:|--:|");
        live("nothing changed", "full");
        server.run(database.name(), "DELETE FROM " + large + " WHERE id BETWEEN 20001 AND 21000");
        live("1,000 rows deleted", "full");
        database.update();
        pgkeep.run("backup", "--name", "updated");
        diff("diff of two backups, 1 % updated all over", "full", "updated", "--no-schema");
        diff("diff of two backups with the schema, the same", "full", "updated");
        live("1 % updated all over", "full");
        diff("diff with the database and the schema, the same", "full", "live");
        server.run(database.name(), "DELETE FROM " + large + " WHERE id BETWEEN 30001 AND 31000");
        live("1,000 rows deleted since the backup after that", "updated");
        export("1,000 rows of orders out of the backup", "orders");
        export("1,000 rows of " + large + ", the large table", large);
        pgkeep.forget();
    }

    /** By what changed, and beside it by reading everything. */
    private void live(String title, String backup) {
        diff("diff with the database, " + title, backup, "live", "--no-schema");
        diff("the same, everything read", backup, "live", "--no-schema", "--full");
    }

    private void diff(String title, String first, String second, String... more) {
        List<String> words = new ArrayList<>(List.of("diff", first, second, "--json"));
        words.addAll(List.of(more));
        Measured measured = pgkeep.run(words.toArray(String[]::new));
        Matcher read = READ.matcher(pgkeep.meter().output());
        Matcher changed = CHANGED.matcher(pgkeep.meter().output());
        String rows = changed.find() ? " (" + changed.group(1) + " rows changed)" : "";
        Matcher live = LIVE.matcher(pgkeep.meter().output());
        String database = live.find()
                ? Report.megabytes(Long.parseLong(live.group(1))) + " of "
                        + Report.megabytes(Long.parseLong(live.group(2)))
                : "";
        row(title, rows, measured, read.find() ? Long.parseLong(read.group(1)) : 0, database);
    }

    private void export(String title, String table) {
        Path file = options.work().resolve("rows.json");
        Measured measured = pgkeep.run(
                "rows",
                "export",
                "--from",
                "full",
                "--table",
                table,
                "--where",
                "id BETWEEN 1001 AND 2000",
                "--output",
                file.toString(),
                "--overwrite");
        row(title, "", measured, chunkBytes(table), "");
    }

    private void row(String title, String rows, Measured measured, long read, String database) {
        report.row(
                title + rows,
                Report.number(measured.seconds()),
                Report.number(measured.clientCpu()),
                Report.number(measured.serverCpu()),
                Report.megabytes(measured.peakProcess()),
                Report.megabytes(read) + " of " + Report.megabytes(pgkeep.bytes()),
                database);
        bars.add(Bar.memory(title), pgkeep.flavour().kind(), measured.peakProcess());
    }

    /** What the chunks of a table take: nothing else is read for its rows. */
    private long chunkBytes(String table) {
        Repository opened = Repository.open(pgkeep.repository(), Clock.systemUTC());
        ChunkStore store = opened.chunks().store();
        AtomicLong bytes = new AtomicLong();
        opened.list().stream()
                .filter(backup -> backup.name().equals("full"))
                .map(backup -> (ChunkedSource) RestoreSource.of(opened, backup))
                .flatMap(source -> source.contents().tables().stream())
                .filter(each -> each.name().name().equals(table))
                .flatMap(each -> each.extents().stream())
                .flatMap(extent -> extent.chunks().stream())
                .forEach((RowChunk chunk) -> chunk.forEachStored(
                        id -> bytes.addAndGet(store.find(id).orElseThrow().stored())));
        return bytes.get();
    }
}
