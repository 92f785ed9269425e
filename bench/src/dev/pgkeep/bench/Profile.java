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

    void run(Report report) throws IOException {
        prepare();
        Path file = options.root()
                .resolve("target/bench-" + options.profiled().word()
                        + (pgkeep.flavour().kind() == Flavour.Kind.JVM ? ".jfr" : ".perf"));
        Files.deleteIfExists(file);
        Threads threads = meter.watchThreads();
        report.heading("Profile of " + options.profiled().word() + " (" + pgkeep.flavour().kind() + ")");
        switch (pgkeep.flavour().kind()) {
            case JVM -> java(report, threads, file);
            case NATIVE -> executable(report, threads, file);
        }
        pgkeep.forget();
        server.drop(COPY);
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

    private void java(Report report, Threads threads, Path file) throws IOException {
        Measured measured = pgkeep.run(Map.of("PGKEEP_JAVA_OPTS", Recording.option(file)), words());
        var recording = new Recording(file);
        var shares = new Shares();
        double recorder = recording.addTo(shares, threads);
        double compilers = threads.seconds(name -> name.matches("C[12] Compiler.*"));
        double garbage = threads.seconds(name -> name.matches("VM Thread|GC Thread.*|G1 .*"));
        double all = threads.seconds(name -> true);
        double java = shares.sum();
        shares.add("Java's compilers (C1, C2)", compilers);
        shares.add("garbage collection", garbage);
        shares.add("start and other work of the JVM", all - recorder - compilers - garbage - java);
        shares.add("pg_dump, pg_restore, the launcher", measured.clientCpu() - all);
        told(report, measured, threads, shares);
        report.fact("the recorder itself", Report.number(recorder) + " s, not counted here");
        report.paragraph("\n```").paragraph(recording.views()).paragraph("```");
        report.fact("the recording", file.toString());
    }

    private void executable(Report report, Threads threads, Path file) throws IOException {
        var samples = new PerfSamples(file);
        var shares = new Shares();
        Measured measured;
        if (PerfSamples.works()) {
            var watched = new Pgkeep(
                    meter, samples.around(pgkeep.flavour(), options.work()), pgkeep.url(), pgkeep.repository());
            measured = watched.run(words());
            var names = new FunctionNames(options.root().resolve("target/run/pgkeep.jar"));
            samples.addTo(shares, names, measured.clientCpu());
        } else {
            measured = pgkeep.run(words());
            threads.seconds().forEach((name, seconds) -> shares.add("thread " + name, seconds));
            shares.add("pg_dump, pg_restore", measured.clientCpu() - shares.sum());
            report.fact("note", "perf does not work here: by thread, not by kind of work");
        }
        told(report, measured, threads, shares);
        report.fact("samples", file.toString());
    }

    private static void told(Report report, Measured measured, Threads threads, Shares shares) {
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
        report.fact("CPU of the server meanwhile", Report.number(measured.serverCpu()) + " s");
        report.fact("memory of the process at its peak", Report.megabytes(measured.peakProcess()));
        report.paragraph("").paragraph(shares.toString());
    }
}
