package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import dev.pgkeep.bench.Step.Kind;
import java.util.ArrayList;
import java.util.List;

/** What one kind of pgkeep does with the database, into a repository of its own. */
final class Runs {
    private final Options options;
    private final Server server;
    private final Pgkeep pgkeep;
    private final String copy;
    private final boolean canSkipProof;

    Runs(Options options, Server server, Pgkeep pgkeep) {
        this.options = options;
        this.server = server;
        this.pgkeep = pgkeep;
        this.copy = "bench_restored";
        this.canSkipProof = pgkeep.canSkipProof();
    }

    Flavour flavour() {
        return pgkeep.flavour();
    }

    boolean canSkipProof() {
        return canSkipProof;
    }

    Task first() {
        return backup("pgkeep backup, the first", Kind.FULL, "full");
    }

    Task unchanged() {
        return backup("pgkeep backup, nothing changed", Kind.UNCHANGED, "unchanged");
    }

    Task appended() {
        return backup("pgkeep backup, 1 % more rows", Kind.APPENDED, "appended");
    }

    Task updated() {
        return backup("pgkeep backup, 1 % updated", Kind.UPDATED, "updated");
    }

    private Task backup(String title, Kind kind, String name) {
        return new Task(Step.of(title, kind, flavour()), () -> {
            long before = pgkeep.bytes();
            Measured measured = run("backup", "--format", options.format(), "--name", name);
            return measured.withBytes(pgkeep.bytes() - before);
        });
    }

    /** With proof, and without where this pgkeep can. */
    List<Task> restores() {
        List<Task> tasks = new ArrayList<>();
        tasks.add(restore("pgkeep restore", Kind.RESTORE));
        if (canSkipProof) {
            tasks.add(restore("pgkeep restore --no-proof", Kind.RESTORE_UNPROVEN, "--no-proof"));
        }
        return tasks;
    }

    private Task restore(String title, Kind kind, String... more) {
        List<String> words = new ArrayList<>(List.of("restore", "full", "--to", copy, "--create-db", "--yes"));
        words.addAll(List.of(more));
        return new Task(Step.of(title, kind, flavour()), () -> {
            Measured measured = run(words.toArray(String[]::new));
            server.drop(copy);
            return measured;
        });
    }

    /** The newest backup again after a change, safety backup and proof included. */
    Task deltaRestore(Runnable change) {
        return new Task(Step.of("pgkeep restore --delta, 1 % updated", Kind.DELTA_RESTORE, flavour()), () -> {
            run("backup", "--format", options.format(), "--name", "before-delta");
            change.run();
            return run("restore", "before-delta", "--delta", "--yes");
        });
    }

    private Measured run(String... words) {
        return pgkeep.run(options.withJobs(words));
    }

    /** Removes the repository. */
    void forget() {
        pgkeep.forget();
    }
}
