package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures pgkeep beside PostgreSQL's own programs; {@code bench/run} starts it and cleans up after it. */
final class Bench {
    private static final String NAME = "bench";
    private static final long BYTES_PER_ROW = 3200;
    private static final long LISTED_ROWS = 2000;

    private final Options options;
    private final List<Clients> installed;
    private final LocalDate today;
    private final Words words;
    private final List<String> notes = new ArrayList<>();
    private final List<Flavour> flavours;

    private Bench(Options options, LocalDate today) throws IOException {
        this.options = options;
        this.today = today;
        this.installed = Clients.installed(System.getenv());
        this.words = Words.read(options.bench().resolve("words.txt"));
        this.flavours = Flavour.chosen(options, notes::add);
        notes.forEach(Bench::say);
    }

    /** The project's folder, a folder to work in, and what {@code bench/run} was called with. */
    public static void main(String[] args) throws IOException, SQLException {
        List<String> rest = List.of(args).subList(2, args.length);
        try {
            var options = OptionsReader.read(Path.of(args[0]), Path.of(args[1]), rest);
            new Bench(options, LocalDate.now(Clock.systemUTC())).run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, SQLException {
        refuseTooLarge();
        String machine = Machine.describe(options.work())
                + (Machine.isBusy() ? " – **others were busy on it: trust CPU seconds, not the clock**" : "");
        try (Server server = Server.start(options.work(), installed.getFirst().major(), settings())) {
            Meter meter = new Meter(server, options.work(), environment(server));
            String about = about(machine, server, meter);
            for (Options.Part part : options.parts()) {
                switch (part) {
                    case COMPARE -> compareAll(server, meter, about);
                    case WIDE -> wide(server, meter, about);
                    case LISTING -> listing(server, meter, about);
                    case INCREMENTAL -> incremental(server, meter, about);
                    case CHANGES, CLEANUP -> changes(part, server, meter, about);
                    case PROFILE -> profile(server, meter, about);
                }
            }
        }
    }

    /** Locks of 5,000 tables at once do not fit into what a server has of itself. */
    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (options.parts().contains(Options.Part.INCREMENTAL)) {
            settings.put("max_locks_per_transaction", "512");
        }
        settings.putAll(options.settings());
        return settings;
    }

    private Map<String, String> environment(Server server) {
        Map<String, String> environment = new LinkedHashMap<>(server.environment());
        environment.put("PATH", installed.getFirst().path(System.getenv().getOrDefault("PATH", "")));
        return environment;
    }

    private Database database(Server server, Data.Name data, long rows, String name) {
        return new Database(server, words, data.of(words, rows), name, options.bench());
    }

    private Database fill(Server server, Data.Name data, long rows) throws IOException, SQLException {
        Database database = database(server, data, rows, NAME);
        say("Making the database (" + data.word() + ") of " + String.format("%,d", rows) + " rows of "
                + database.data().large() + " …");
        database.create();
        say(database.describe());
        return database;
    }

    private void compareAll(Server server, Meter meter, String about) throws IOException, SQLException {
        for (Data.Name data : options.data()) {
            Everyday everyday = Everyday.prepare(
                    options, server, meter, database(server, data, data.rows(Everyday.ROWS), "small"), flavours);
            Map<String, Results> bySize = new LinkedHashMap<>();
            for (String size : options.sizes().keySet()) {
                bySize.put(size, compare(data, size, server, meter, everyday, about));
            }
            everyday.forget();
            if (bySize.size() > 1) {
                write(data, "growth", about + new Report().growth(bySize, options.rows(data)));
            }
        }
    }

    private Results compare(Data.Name data, String size, Server server, Meter meter, Everyday everyday, String about)
            throws IOException, SQLException {
        Database database = fill(server, data, options.rows(data).get(size));
        List<Runs> pgkeeps = flavours.stream()
                .map(each -> new Runs(
                        options, server, Pgkeep.of(options, meter, each, server.url(database.name()), "repository")))
                .toList();
        Report report = new Report()
                .fact("database", database.describe())
                .fact("small database", everyday.describe())
                .fact("rounds", options.rounds() + ", medians; ratios are medians of the rounds' ratios");
        pgkeeps.stream()
                .filter(each -> !each.canSkipProof())
                .forEach(each -> report.fact(
                        "not measured",
                        "restore without proof (" + each.flavour().kind() + "): this pgkeep does not know --no-proof"));
        var rivals = new Rivals(options, server, installed, meter, database.name());
        Results results = new Contest(database, rivals, pgkeeps, everyday, Bench::say).run(options.rounds());
        report.paragraph("").results(results).bars(Bars.of(results, flavours, database.bytes()));
        database.remove();
        write(data, size, about + report);
        return results;
    }

    private void wide(Server server, Meter meter, String about) throws IOException {
        var wide = new WideRow(options, server);
        wide.create();
        Report report = new Report();
        BarTable bars = new BarTable(flavours);
        flavours.forEach(each -> wide.run(meter, each, report, bars));
        wide.remove();
        write(Data.Name.SHOP, "wide", about + report.bars(bars));
    }

    private void listing(Server server, Meter meter, String about) throws IOException, SQLException {
        Database database = fill(server, Data.Name.SHOP, LISTED_ROWS);
        Report report = new Report();
        BarTable bars = new BarTable(flavours);
        for (Flavour flavour : flavours) {
            new LargeRepository(
                            options,
                            Pgkeep.of(options, meter, flavour, server.url(database.template()), "large-repository"))
                    .run(report, bars);
        }
        database.remove();
        write(Data.Name.SHOP, "listing", about + report.bars(bars));
    }

    private void incremental(Server server, Meter meter, String about) throws IOException, SQLException {
        var incremental = new Incremental(options, server, installed, meter, flavours, Bench::say);
        long most = 0;
        for (Data.Name data : options.data()) {
            for (String size : options.sizes().keySet()) {
                Database database = fill(server, data, options.rows(data).get(size));
                Report report = new Report().fact("database", database.describe());
                BarTable bars = new BarTable(flavours);
                incremental.of(database, report, bars);
                most = Math.max(most, database.data().rows());
                database.remove();
                write(data, size + "-incremental", about + report.bars(bars));
            }
        }
        Report report = new Report();
        incremental.ofManyTables(most, report);
        write(Data.Name.SHOP, "many-tables", about + report);
    }

    private void changes(Options.Part part, Server server, Meter meter, String about) throws IOException, SQLException {
        for (Data.Name data : options.data()) {
            for (String size : options.sizes().keySet()) {
                Database database = fill(server, data, options.rows(data).get(size));
                Report report = new Report().fact("database", database.describe());
                BarTable bars = new BarTable(flavours);
                for (Flavour flavour : flavours) {
                    Pgkeep pgkeep = Pgkeep.of(options, meter, flavour, server.url(database.name()), "repository");
                    if (part == Options.Part.CHANGES) {
                        new Changes(options, server, database, pgkeep, report, bars).run();
                    } else {
                        new OrderCleanup(options, server, database, pgkeep, report, bars).run();
                    }
                }
                database.remove();
                write(data, size + "-" + part.name().toLowerCase(java.util.Locale.ROOT), about + report.bars(bars));
            }
        }
    }

    private void profile(Server server, Meter meter, String about) throws IOException, SQLException {
        String what = options.profiled().word();
        for (Data.Name data : options.data()) {
            for (String size : options.sizes().keySet()) {
                Database database = fill(server, data, options.rows(data).get(size));
                Report report = new Report().fact("database", database.describe());
                for (Flavour flavour : flavours) {
                    database.renew();
                    Pgkeep pgkeep = Pgkeep.of(options, meter, flavour, server.url(database.name()), "repository");
                    new Profile(options, server, meter, database, pgkeep).run(report);
                }
                database.remove();
                write(data, size + "-profile-" + what, about + report);
            }
        }
    }

    private String about(String machine, Server server, Meter meter) {
        Report report = new Report()
                .title("pgkeep beside pg_dump, " + today)
                .fact("machine", machine)
                .fact("server", "PostgreSQL " + server.version() + ", " + server.settings())
                .fact(
                        "client programs",
                        String.join(
                                        ", ",
                                        installed.stream()
                                                .map(each -> each.version() + (each.knowsZstd() ? "" : " without zstd"))
                                                .toList())
                                + "; pgkeep has all of them to choose from");
        for (Flavour flavour : flavours) {
            Pgkeep.of(options, meter, flavour, server.url("postgres"), "none").run("version");
            String version = meter.output()
                    .lines()
                    .filter(line -> line.startsWith("pgkeep"))
                    .findFirst()
                    .orElse("?");
            report.fact(
                    "pgkeep (" + flavour.kind() + ")",
                    version + (flavour.kind() == Flavour.Kind.JVM ? ", Java " + Runtime.version() : ""));
        }
        notes.forEach(note -> report.fact("note", note));
        return report.toString();
    }

    /** Three databases, dumps and WAL must fit into four fifths of what is free. */
    private void refuseTooLarge() throws IOException {
        long rows =
                options.sizes().values().stream().mapToLong(each -> each).max().orElse(0);
        long needed = rows * BYTES_PER_ROW + (5L << 30);
        long free = Files.getFileStore(options.work()).getUsableSpace();
        if (needed > free / 5 * 4) {
            throw new IllegalStateException("about " + Report.megabytes(needed) + " are needed in " + options.work()
                    + ", and only " + Report.megabytes(free) + " are free; BENCH_WORK names another folder");
        }
    }

    private void write(Data.Name data, String name, String text) throws IOException {
        say("\n" + text);
        String prefix = data == Data.Name.SHOP ? "" : data.word() + "-";
        Path file = Files.createDirectories(options.results()).resolve(today + "-" + prefix + name + ".md");
        Files.writeString(file, text);
        say("Written to " + file);
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
