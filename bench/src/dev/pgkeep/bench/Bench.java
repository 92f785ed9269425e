package dev.pgkeep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures pgkeep beside PostgreSQL's own programs; {@code bench/run} starts it and cleans up after it. */
final class Bench {
    private static final long BYTES_PER_ROW = 2600;
    private static final long LISTED_ROWS = 2000;

    private final Options options;
    private final Clients clients;
    private final LocalDate today;
    private final Words words;

    private Bench(Options options, LocalDate today) throws IOException {
        this.options = options;
        this.today = today;
        this.clients = Clients.newest(System.getenv());
        this.words = Words.read(options.root().resolve("bench/words.txt"));
    }

    /** The project's folder, a folder to work in, and what {@code bench/run} was called with. */
    public static void main(String[] args) throws IOException, SQLException {
        List<String> rest = List.of(args).subList(2, args.length);
        try {
            var options = Options.read(Path.of(args[0]), Path.of(args[1]), rest);
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
        Map<String, Results> bySize = new LinkedHashMap<>();
        try (Server server = Server.start(options.work(), clients.major(), options.settings())) {
            Meter meter = new Meter(server, options.work(), environment(server));
            meter.run(options.root().resolve("pgkeep").toString(), "version");
            String about = about(machine, server, meter);
            for (Options.Part part : options.parts()) {
                switch (part) {
                    case COMPARE -> {
                        for (String size : options.sizes().keySet()) {
                            bySize.put(size, compare(size, server, meter, about));
                        }
                    }
                    case WIDE -> write("wide", about + new WideRow(options, server, meter).run());
                    case LISTING -> {
                        fill(server, LISTED_ROWS);
                        write("listing", about + new LargeRepository(options, server, meter).run());
                        server.drop(Database.TEMPLATE);
                    }
                    case CHANGES -> {
                        for (String size : options.sizes().keySet()) {
                            Database database = fill(server, options.sizes().get(size));
                            write(size + "-changes", about + new Changes(options, server, meter, database).run());
                            server.drop(Database.TEMPLATE);
                        }
                    }
                    case CLEANUP -> {
                        for (String size : options.sizes().keySet()) {
                            Database database = fill(server, options.sizes().get(size));
                            write(size + "-cleanup", about + new OrderCleanup(options, server, meter, database).run());
                            server.drop(Database.TEMPLATE);
                        }
                    }
                    case PROFILE_BACKUP, PROFILE_RESTORE -> profile(part, server, meter);
                }
            }
            if (bySize.size() > 1) {
                write("growth", about + new Report().growth(bySize, options.sizes()));
            }
        }
    }

    private Map<String, String> environment(Server server) {
        Map<String, String> environment = new LinkedHashMap<>(server.environment());
        environment.put("PATH", clients.path(System.getenv().getOrDefault("PATH", "")));
        return environment;
    }

    private Database fill(Server server, long rows) throws IOException, SQLException {
        say("Making the database of " + String.format("%,d", rows) + " order lines …");
        var database = new Database(server, words, rows, options.root().resolve("bench"));
        database.create();
        say(database.describe());
        return database;
    }

    private Results compare(String size, Server server, Meter meter, String about) throws IOException, SQLException {
        Database database = fill(server, options.sizes().get(size));
        String described = database.describe();
        Results results = new Contest(options, server, clients, meter, database, Bench::say).run(options.rounds());
        server.drop(Database.TEMPLATE);
        Report report = new Report();
        report.fact("database", described);
        report.fact("rounds", options.rounds() + ", medians; ratios are medians of the rounds' ratios");
        report.results(results);
        results.best(Step.Kind.LIMIT)
                .ifPresent(limit -> results.best(Step.Kind.FULL)
                        .ifPresent(full -> report.paragraph("\nThe first backup takes "
                                + Report.number(results.ratio(full, limit, Meter.Measured::seconds))
                                + " times as long as reading everything and throwing it away does.")));
        report.bars(Bars.of(results));
        write(size, about + report);
        return results;
    }

    private void profile(Options.Part part, Server server, Meter meter) throws IOException, SQLException {
        Database database = fill(server, options.sizes().values().iterator().next());
        database.renew();
        say(new Profile(options, server, meter).run(part == Options.Part.PROFILE_RESTORE));
    }

    private String about(String machine, Server server, Meter meter) {
        return new Report()
                .title("pgkeep beside pg_dump, " + today)
                .fact("machine", machine)
                .fact("server", "PostgreSQL " + server.version() + ", " + server.settings())
                .fact("client programs of everybody", clients.version() + (clients.knowsZstd() ? "" : " without zstd"))
                .fact(
                        "pgkeep",
                        meter.output()
                                        .lines()
                                        .filter(line -> line.startsWith("pgkeep"))
                                        .findFirst()
                                        .orElse("?") + ", Java " + Runtime.version())
                .toString();
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

    private void write(String name, String text) throws IOException {
        say("\n" + text);
        Path file = Files.createDirectories(options.results()).resolve(today + "-" + name + ".md");
        Files.writeString(file, text);
        say("Written to " + file);
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
