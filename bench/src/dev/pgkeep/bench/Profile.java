package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One run of pgkeep, and where its CPU time goes: by kind of work, by moment and by method. */
final class Profile {
    private static final String COPY = "bench_restored";
    static final String PROGRAMS = "pg_dump, pg_restore, the launcher";

    private final Options options;
    private final Server server;
    private final Meter meter;
    private final Database database;
    private final Pgkeep pgkeep;

    Profile(Options options, Server server, Meter meter, Database database, Pgkeep pgkeep) {
        this.options = options;
        this.server = server;
        this.meter = meter;
        this.database = database;
        this.pgkeep = pgkeep;
    }

    /** Two runs of the same: one undisturbed, which says how much, and one that is watched, which says of what. */
    void run(Report report) throws IOException {
        prepare();
        Threads threads = meter.watchThreads();
        Measured measured = pgkeep.run(words());
        meter.watchNothing();
        cleanUp();
        report.heading("Profile of " + options.profiled().word() + " ("
                + pgkeep.flavour().kind() + ")");
        told(report, measured, threads);
        switch (pgkeep.flavour().kind()) {
            case JVM -> java(report, measured, threads);
            case NATIVE -> executable(report, measured, threads);
        }
        cleanUp();
        pgkeep.forget();
    }

    /** What there has to be before the command that is profiled. */
    private void prepare() {
        if (options.profiled() != Options.Profiled.BACKUP) {
            pgkeep.run("backup", "--format", options.format(), "--name", "full");
        }
        if (options.profiled() == Options.Profiled.DIFF) {
            database.update();
        }
    }

    private void cleanUp() {
        if (options.profiled() == Options.Profiled.BACKUP) {
            pgkeep.forget();
        }
        server.drop(COPY);
    }

    private String[] words() {
        List<String> words = new ArrayList<>(
                switch (options.profiled()) {
                    case BACKUP -> List.of("backup", "--format", options.format(), "--name", "full");
                    case RESTORE -> List.of("restore", "full", "--to", COPY, "--create-db", "--yes");
                    case VERIFY -> List.of("verify", "full");
                    case DIFF -> List.of("diff", "full", "live", "--no-schema", "--json");
                });
        return words.toArray(String[]::new);
    }

    private void java(Report report, Measured measured, Threads threads) throws IOException {
        Path file = file(".jfr");
        pgkeep.run(Map.of("PGKEEP_JAVA_OPTS", Recording.option(file)), words());
        var recording = new Recording(file);
        var shares = new Shares();
        recording.addTo(shares, threads);
        double java = shares.sum();
        double compilers = threads.seconds(name -> name.matches("C[12] Compiler.*"));
        double garbage = threads.seconds(name -> name.matches("VM Thread|GC Thread.*|G1 .*"));
        double all = threads.seconds(name -> true);
        shares.add("Java's compilers (C1, C2)", compilers);
        shares.add("garbage collection", garbage);
        shares.add("start and other work of the JVM", all - compilers - garbage - java);
        shares.add(PROGRAMS, measured.clientCpu() - all);
        report.paragraph("").paragraph(shares.toString());
        report.paragraph("```").paragraph(recording.views()).paragraph("```");
        report.fact("the recording", file.toString());
    }

    private void executable(Report report, Measured measured, Threads threads) throws IOException {
        var shares = new Shares();
        if (PerfSamples.works()) {
            var samples = new PerfSamples(file(".perf"));
            Flavour watched = samples.around(pgkeep.flavour(), options.work());
            new Pgkeep(meter, watched, pgkeep.url(), pgkeep.repository()).run(words());
            var names = new FunctionNames(options.root().resolve("target/run/pgkeep.jar"));
            samples.addTo(shares, names, measured.clientCpu());
        } else {
            threads.seconds().forEach((name, seconds) -> shares.add("thread " + name, seconds));
            shares.add(PROGRAMS, measured.clientCpu() - shares.sum());
            report.fact("note", "perf does not work here: by thread, not by kind of work");
        }
        report.paragraph("").paragraph(shares.toString());
    }

    private Path file(String ending) throws IOException {
        Path file = options.root().resolve("target/bench-" + options.profiled().word() + ending);
        Files.deleteIfExists(file);
        return file;
    }

    private static void told(Report report, Measured measured, Threads threads) {
        report.fact("time", Report.number(measured.seconds()) + " s");
        if (!Double.isNaN(threads.firstRows())) {
            report.fact(
                    "time line",
                    "%s s before threads that move rows, %s s with them, %s s after the last"
                            .formatted(
                                    Report.number(threads.firstRows()),
                                    Report.number(threads.lastRows() - threads.firstRows()),
                                    Report.number(measured.seconds() - threads.lastRows())));
        }
        report.fact("CPU of the client's side", Report.number(measured.clientCpu()) + " s");
        report.fact("CPU of the server meanwhile", Report.number(measured.serverCpu()) + " s");
        report.fact("memory of the process at its peak", Report.megabytes(measured.peakProcess()));
    }
}
