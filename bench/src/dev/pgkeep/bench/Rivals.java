package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What PostgreSQL's own programs do with the database: every version of them that is at hand. */
final class Rivals {
    private static final String COPY = "bench_restored";

    private final Options options;
    private final Server server;
    private final List<Clients> installed;
    private final Meter meter;
    private final String database;

    /** @param installed newest first */
    Rivals(Options options, Server server, List<Clients> installed, Meter meter, String database) {
        this.options = options;
        this.server = server;
        this.installed = installed;
        this.meter = meter;
        this.database = database;
    }

    /** Dumps, and the limit that nobody can pass. */
    List<Task> backups() {
        List<Task> tasks = new ArrayList<>();
        tasks.add(dump(installed.getFirst(), "-Fc", Kind.DUMP, options.work().resolve("dump"), "-Fc"));
        for (Clients clients : installed) {
            if (clients == installed.getFirst() && clients.knowsZstd()) {
                tasks.add(parallelDump());
            }
            tasks.add(kept(clients));
        }
        Step limit = Step.of("COPY binary to nowhere, " + options.connections() + " connections", Kind.LIMIT);
        tasks.add(new Task(limit, this::readAll));
        return tasks;
    }

    /** The newest pg_dump as fast as it can: what it makes is not kept. */
    Task parallelDump() {
        return parallelDump(installed.getFirst(), "zstd:1", options.work().resolve("dump"));
    }

    /** The dumps that are restored afterwards. */
    List<Task> kept() {
        return installed.stream().map(this::kept).toList();
    }

    private Task kept(Clients clients) {
        return parallelDump(clients, clients == installed.getFirst() ? "zstd:3" : "zstd:1", archive(clients));
    }

    private Task parallelDump(Clients clients, String compress, Path target) {
        String used = clients.knowsZstd() ? compress : "gzip:1";
        String how = "-Fd -j" + options.connections();
        return dump(
                clients,
                how + " " + used,
                Kind.PARALLEL_DUMP,
                target,
                "-Fd",
                "-j" + options.connections(),
                "--compress=" + (clients.knowsZstd() ? used : "1"));
    }

    /** Reads every row and throws it away. */
    Measured readAll() {
        return meter.run(new Limit(server, options.work(), installed.getFirst(), database)
                .command(options.connections())
                .toArray(String[]::new));
    }

    /** What a version restores is what it dumped: an older one cannot read what a newer one wrote. */
    private Path archive(Clients clients) {
        return options.work().resolve("archive-" + clients.major());
    }

    private Task dump(Clients clients, String title, Kind kind, Path target, String... how) {
        return new Task(Step.of("pg_dump " + clients.major() + " " + title, kind), () -> {
            Folders.remove(target);
            List<String> command = new ArrayList<>(List.of(clients.program("pg_dump")));
            command.addAll(List.of(how));
            command.addAll(List.of("-f", target.toString(), database));
            Measured measured = meter.run(Map.of(), command);
            long bytes = Folders.bytes(target);
            if (!target.equals(archive(clients))) {
                Folders.remove(target);
            }
            return measured.withBytes(bytes);
        });
    }

    List<Task> restores() {
        List<Task> tasks = new ArrayList<>(plainRestores());
        tasks.add(restore(installed.getFirst(), 4, Kind.PG_RESTORE));
        tasks.add(restore(installed.getFirst(), 2, Kind.PG_RESTORE_ANALYZED));
        return tasks;
    }

    /** Every version with what its own pg_dump made, two at once. */
    List<Task> plainRestores() {
        return installed.stream()
                .map(clients -> restore(clients, 2, Kind.PG_RESTORE))
                .toList();
    }

    /** A newer pg_restore fails with an older server because of a setting; what follows must come all the same. */
    private Task restore(Clients clients, int jobs, Kind kind) {
        String command = "'%s' %s && '%s' -j %d -d %s '%s'"
                .formatted(
                        clients.program("createdb"), COPY, clients.program("pg_restore"), jobs, COPY, archive(clients));
        String title = "pg_restore " + clients.major() + " -j" + jobs;
        boolean analyzes = kind == Kind.PG_RESTORE_ANALYZED;
        String all = analyzes
                ? command
                        + "; status=$?; '%s' -q -Z -j 2 -d %s && exit $status"
                                .formatted(clients.program("vacuumdb"), COPY)
                : command;
        return new Task(Step.of(analyzes ? title + ", vacuumdb --analyze-only" : title, kind), () -> {
            Measured measured = meter.run("/bin/sh", "-c", all);
            server.drop(COPY);
            return measured;
        });
    }

    /** Removes the dumps that were kept for the restores. */
    void forget() {
        installed.forEach(clients -> Folders.remove(archive(clients)));
    }
}
