package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is done all the time, where starting is most of it: a small database is backed up, and backups are listed. */
final class Everyday {
    /** Gives some 10 MB of tables and indexes. */
    static final long ROWS = 30_000;

    private static final int BACKUPS = 50;
    private static final int TIMES = 3;

    private final Options options;
    private final Server server;
    private final Meter meter;
    private final Database database;
    private final List<Pgkeep> listed = new ArrayList<>();

    private Everyday(Options options, Server server, Meter meter, Database database) {
        this.options = options;
        this.server = server;
        this.meter = meter;
        this.database = database;
    }

    /** Makes the small database, and a repository of 50 backups for each kind of pgkeep. */
    static Everyday prepare(Options options, Server server, Meter meter, Database database, List<Flavour> flavours)
            throws IOException, SQLException {
        database.create();
        database.renew();
        var everyday = new Everyday(options, server, meter, database);
        for (Flavour flavour : flavours) {
            Pgkeep pgkeep = everyday.pgkeep(flavour, "listed");
            pgkeep.run("backup", "--format", options.format(), "--name", ManyBackups.SEED);
            ManyBackups.add(pgkeep.repository(), BACKUPS - 1);
            everyday.listed.add(pgkeep);
        }
        return everyday;
    }

    private Pgkeep pgkeep(Flavour flavour, String repository) {
        return Pgkeep.of(options, meter, flavour, server.url(database.name()), repository);
    }

    /** For instance "shop, 18 MB, of which …". */
    String describe() {
        return database.describe() + "; tables and indexes " + Report.megabytes(database.bytes());
    }

    List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        for (Pgkeep list : listed) {
            Flavour flavour = list.flavour();
            tasks.add(new Task(
                    Step.of("pgkeep backup, 10 MB database", Kind.SMALL_BACKUP, flavour),
                    () -> middle(() -> backup(pgkeep(flavour, "small")))));
            tasks.add(new Task(
                    Step.of("pgkeep list, " + BACKUPS + " backups", Kind.LIST, flavour),
                    () -> middle(() -> list.run("list"))));
        }
        return tasks;
    }

    private Measured backup(Pgkeep pgkeep) {
        Measured measured = pgkeep.run("backup", "--format", options.format());
        long bytes = pgkeep.bytes();
        pgkeep.forget();
        return measured.withBytes(bytes);
    }

    private static Measured middle(Supplier<Measured> work) {
        return Stream.generate(work)
                .limit(TIMES)
                .sorted(Comparator.comparingDouble(Measured::seconds))
                .toList()
                .get(TIMES / 2);
    }

    /** Removes database and repositories. */
    void forget() {
        listed.forEach(Pgkeep::forget);
        database.remove();
    }
}
