package dev.pgkeep.operation.run;

import dev.pgkeep.operation.cleanup.Cleanup;
import dev.pgkeep.operation.cleanup.CleanupOptions;
import dev.pgkeep.operation.cleanup.CleanupRule;
import dev.pgkeep.operation.diff.Diff;
import dev.pgkeep.operation.diff.DiffRequest;
import dev.pgkeep.operation.diff.RepairRequest;
import dev.pgkeep.operation.diff.RepairRows;
import dev.pgkeep.operation.diff.RowRepair;
import dev.pgkeep.operation.restore.ScratchRestore;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import dev.pgkeep.testing.PostgresClients;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Everything that records its runs, each on the same small database. */
enum Operation {
    ROWS_RESTORE("rows restore", 1, false) {
        @Override
        Runnable prepare(RunDesk desk) {
            return putBack(desk, OnConflict.FAIL, cleanedUp(desk));
        }
    },
    ROWS_RESTORE_OVER_OTHERS("rows restore", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            Path document = cleanedUp(desk);
            desk.database.execute("insert into things values (4, 'another')");
            return putBack(desk, OnConflict.OVERWRITE, document);
        }
    },
    DIFF_REPAIR("diff", 2, true) {
        @Override
        Runnable prepare(RunDesk desk) {
            var backup = (ChunkedSource) desk.source(desk.backUp(desk.target()));
            desk.database.execute("delete from things where id > 3");
            var context = desk.context();
            var scratch = new ScratchRestore(
                    desk.connector, PostgresClients.tools(), desk.repository(), context.progress(), desk.cancellation);
            RepairRows lost = new RepairRows(true, true);
            new Diff(desk.connector, desk.repository(), scratch, context.progress(), desk.cancellation)
                    .run(
                            backup,
                            desk.target(),
                            new DiffRequest(table -> true, 0, Optional.empty(), Optional.empty(), Optional.of(lost)));
            return () -> {
                try (lost;
                        var repair = new RowRepair(
                                new RepairRequest(lost, backup.metadata(), desk.target()),
                                desk.connector,
                                desk.repository(),
                                desk.safety(),
                                desk.context())) {
                    repair.run(repair.look());
                }
            };
        }
    };

    /** How the history names it. */
    final String command;

    /** How often it writes to the history when all goes well. */
    final int writes;

    /** Whether it changes nothing when its beginning cannot be written. */
    final boolean needsBeginning;

    Operation(String command, int writes, boolean needsBeginning) {
        this.command = command;
        this.writes = writes;
        this.needsBeginning = needsBeginning;
    }

    /** Makes everything ready, so that the run itself is all that is left. */
    abstract Runnable prepare(RunDesk desk);

    /** What it changes. */
    String state(RunDesk desk) {
        return desk.things();
    }

    private static Path cleanedUp(RunDesk desk) {
        var rule = new CleanupRule("", Optional.empty(), "things", Optional.of("id > 3"), Optional.empty(), "--where");
        Cleanup cleanup = new Cleanup(desk.connector, desk.repository(), desk.safety(), java.time.Clock.systemUTC(), desk.heard, desk.cancellation);
        return cleanup.run(cleanup.look(desk.target(), List.of(rule)), CleanupOptions.USUAL)
                .document();
    }

    private static Runnable putBack(RunDesk desk, OnConflict onConflict, Path document) {
        return () -> {
            var restore = new RowsRestore(desk.connector, desk.safety(), desk.context());
            RestorePreview preview = restore.look(document, desk.target());
            restore.run(preview, new RestoreOptions(onConflict, false));
        };
    }
}
