package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program, as users start it, with a database and a repository. */
record Pgkeep(Meter meter, Flavour flavour, String url, Path repository) {
    /** With a repository of its own in the folder to work in. */
    static Pgkeep of(Options options, Meter meter, Flavour flavour, String url, String repository) {
        return new Pgkeep(meter, flavour, url, options.work().resolve(repository + "-" + flavour.kind()));
    }

    /** Runs a command; its output is the meter's then. */
    Measured run(String... words) {
        return run(Map.of(), words);
    }

    /** Runs a command with more in its environment. */
    Measured run(Map<String, String> more, String... words) {
        List<String> command = new ArrayList<>(List.of(flavour.program().toString()));
        command.addAll(List.of(words));
        Map<String, String> environment = new HashMap<>(flavour.environment());
        environment.put("DATABASE_URL", url);
        environment.put("BACKUP_DIR", repository.toString());
        environment.putAll(more);
        return meter.run(environment, command);
    }

    /** Whether its restore can leave the proof out. */
    boolean canSkipProof() {
        run("restore", "--help");
        return meter.output().contains("--no-proof");
    }

    /** Bytes of the repository. */
    long bytes() {
        return Folders.bytes(repository);
    }

    /** Removes the repository. */
    void forget() {
        Folders.remove(repository);
    }
}
