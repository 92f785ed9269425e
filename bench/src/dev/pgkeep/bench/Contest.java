package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The rounds: everybody does the same work on the same database, one after the other, in a changing order. */
final class Contest {
    private static final String COPY = "shop_restored";

    private final Options options;
    private final Server server;
    private final Clients clients;
    private final Meter meter;
    private final Database database;
    private final Path dumps;
    private final Path archive;
    private final Pgkeep pgkeep;
    private final Consumer<String> progress;
    private final Results results = new Results();
    private final boolean zstd;

    Contest(
            Options options,
            Server server,
            Clients clients,
            Meter meter,
            Database database,
            Consumer<String> progress) {
        this.options = options;
        this.server = server;
        this.clients = clients;
        this.meter = meter;
        this.database = database;
        this.progress = progress;
        this.dumps = options.work().resolve("dumps");
        this.archive = options.work().resolve("archive");
        this.pgkeep = Pgkeep.of(options, meter, server.url(Database.NAME), "repository");
        this.zstd = clients.knowsZstd();
    }

    private record Task(Step step, Supplier<Measured> work) {}

    Results run(int rounds) throws IOException, SQLException {
        for (int round = 0; round < rounds; round++) {
            database.renew();
            meter.run(limit());
            measure(round, rounds, rotated(backups(), round));
            measure(round, rounds, rotated(restores(), round));
            measure(
                    round,
                    rounds,
                    List.of(pgkeepBackup("pgkeep backup, nothing changed", Kind.UNCHANGED, "unchanged")));
            progress.accept(database.append());
            measure(round, rounds, List.of(pgkeepBackup("pgkeep backup, 1 % more rows", Kind.APPENDED, "appended")));
            database.update();
            measure(round, rounds, List.of(pgkeepBackup("pgkeep backup, 1 % updated", Kind.UPDATED, "updated")));
            pgkeep.forget();
            Folders.remove(archive);
        }
        server.drop(Database.NAME);
        return results;
    }

    private void measure(int round, int rounds, List<Task> tasks) {
        for (Task task : tasks) {
            Measured measured = task.work().get();
            results.add(task.step(), measured);
            progress.accept("round %d of %d: %-45s %7.2f s  client %6.2f s  server %6.2f s  %5d MB  %s"
                    .formatted(
                            round + 1,
                            rounds,
                            task.step().title(),
                            measured.seconds(),
                            measured.clientCpu(),
                            measured.serverCpu(),
                            measured.peak() >> 20,
                            measured.bytes() > 0 ? Report.megabytes(measured.bytes()) : ""));
        }
    }

    private static List<Task> rotated(List<Task> tasks, int round) {
        List<Task> rotated = new ArrayList<>(tasks);
        Collections.rotate(rotated, -round * 2);
        return rotated;
    }

    private List<Task> backups() {
        int jobs = options.connections();
        List<Task> tasks = new ArrayList<>();
        tasks.add(dump("pg_dump -Fc", Kind.DUMP, dumps, "-Fc"));
        if (zstd) {
            tasks.add(dump(
                    "pg_dump -Fd -j" + jobs + " zstd:1", Kind.PARALLEL_DUMP, dumps, parallel("--compress=zstd:1")));
            tasks.add(dump(
                    "pg_dump -Fd -j" + jobs + " zstd:3", Kind.PARALLEL_DUMP, archive, parallel("--compress=zstd:3")));
        } else {
            tasks.add(dump("pg_dump -Fd -j" + jobs + " gzip", Kind.PARALLEL_DUMP, archive, parallel("--compress=6")));
        }
        Step limit = new Step("COPY binary to nowhere, " + jobs + " connections", Kind.LIMIT);
        tasks.add(new Task(limit, () -> meter.run(limit())));
        tasks.add(pgkeepBackup("pgkeep backup, the first", Kind.FULL, "full"));
        return tasks;
    }

    private String[] parallel(String compress) {
        return new String[] {"-Fd", "-j" + options.connections(), compress};
    }

    private String[] limit() {
        return new Limit(server, options.work(), clients)
                .command(options.connections())
                .toArray(String[]::new);
    }

    private Task dump(String title, Kind kind, Path target, String... how) {
        return new Task(new Step(title, kind), () -> {
            Folders.remove(target);
            List<String> command = new ArrayList<>(List.of(clients.program("pg_dump")));
            command.addAll(List.of(how));
            command.addAll(List.of("-f", target.toString(), Database.NAME));
            Measured measured = meter.run(Map.of(), command).withBytes(0);
            long bytes = Folders.bytes(target);
            if (!target.equals(archive)) {
                Folders.remove(target);
            }
            return measured.withBytes(bytes);
        });
    }

    private Task pgkeepBackup(String title, Kind kind, String name) {
        return new Task(new Step(title, kind), () -> {
            long before = pgkeep.bytes();
            Measured measured = pgkeep("backup", "--format", options.format(), "--name", name);
            return measured.withBytes(pgkeep.bytes() - before);
        });
    }

    private Measured pgkeep(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (options.jobs() > 0) {
            all.addAll(List.of("--jobs", Integer.toString(options.jobs())));
        }
        return pgkeep.run(all.toArray(String[]::new));
    }

    private List<Task> restores() {
        String analyze = " && '%s' -q -Z -j 2 -d %s".formatted(clients.program("vacuumdb"), COPY);
        return List.of(
                pgRestore("pg_restore -j2", Kind.PG_RESTORE, 2, ""),
                pgRestore("pg_restore -j4", Kind.PG_RESTORE, 4, ""),
                pgRestore("pg_restore -j2, vacuumdb --analyze-only", Kind.PG_RESTORE_ANALYZED, 2, analyze),
                new Task(new Step("pgkeep restore", Kind.RESTORE), () -> {
                    Measured measured = pgkeep("restore", "full", "--to", COPY, "--create-db", "--yes");
                    server.drop(COPY);
                    return measured;
                }));
    }

    private Task pgRestore(String title, Kind kind, int jobs, String then) {
        String command = "'%s' %s && '%s' -j %d -d %s '%s'%s"
                .formatted(clients.program("createdb"), COPY, clients.program("pg_restore"), jobs, COPY, archive, then);
        return new Task(new Step(title, kind), () -> {
            Measured measured = meter.run("/bin/sh", "-c", command);
            server.drop(COPY);
            return measured;
        });
    }
}
