package dev.pgkeep.bench;

import dev.pgkeep.bench.Meter.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program, as users start it, with a database and a repository. */
record Pgkeep(Meter meter, Path program, String url, Path repository) {
    static Pgkeep of(Options options, Meter meter, String url, String repository) {
        return new Pgkeep(
                meter, options.root().resolve("pgkeep"), url, options.work().resolve(repository));
    }

    /** Runs a command; its output is the meter's then. */
    Measured run(String... words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return meter.run(Map.of("DATABASE_URL", url, "BACKUP_DIR", repository.toString()), command);
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
