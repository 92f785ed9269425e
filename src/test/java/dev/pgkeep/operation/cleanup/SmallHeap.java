package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.connect.TargetReader;
import dev.pgkeep.repository.Repository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A program that deletes all customers with all that refers to them, and puts them back, in a process of its own. */
final class SmallHeap {
    private static final Cancellation NEVER = new Cancellation();

    private SmallHeap() {}

    /** @param arguments a URL, a folder for a repository, rows in a batch (0: all at once) */
    public static void main(String[] arguments) {
        Target target = TargetReader.read(arguments[0], Map.of(), Path.of("no-home"), "test")
                .target();
        Repository repository = Repository.open(Path.of(arguments[1]), Clock.systemUTC());
        int batch = Integer.parseInt(arguments[2]);
        var cleanup = new Cleanup(
                new Connector(),
                repository,
                each -> "safety",
                new RunContext(repository.history(), Clock.systemUTC(), Progress.SILENT, NEVER));
        CleanupPreview found = cleanup.look(target, List.of(CleanupBench.rows("customers", "true")));
        CleanupOutcome outcome = cleanup.run(
                found,
                new CleanupOptions(true, batch == 0 ? OptionalInt.empty() : OptionalInt.of(batch), Duration.ZERO));
        System.out.println("deleted " + outcome.deleted());
        var restore = new RowsRestore(
                new Connector(),
                each -> "safety",
                new RunContext(repository.history(), Clock.systemUTC(), Progress.SILENT, NEVER));
        var back = restore.run(restore.look(outcome.document(), target), new RestoreOptions(OnConflict.FAIL, true));
        System.out.println("back " + back.inserted());
    }
}
