package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.operation.rows.OnConflict;
import dev.pgkeep.operation.rows.RestoreOptions;
import dev.pgkeep.operation.rows.RestorePreview;
import dev.pgkeep.operation.rows.RowsRestore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pgkeep rows restore FILE}. */
@Command(
        description = "Puts the rows of a document back: rows that a cleanup deleted, or that rows export wrote. Shows"
                + " what it would do and does nothing more, unless --execute is given: then the rows go in, in the"
                + " order of their foreign keys and in one transaction, and are compared with the document. Rows that"
                + " are there already are left alone, so it may be run again.",
        footer = {
            "",
            "Examples:",
            "  pgkeep rows restore latest                  the last cleanup: what would come back",
            "  pgkeep rows restore latest --execute",
            "  pgkeep rows restore rows.json --execute --on-conflict skip"
        })
final class RowsRestoreCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Parameters(
            arity = "1",
            paramLabel = "FILE",
            description = "A document: a path, the name of one in the repository, a part of it, or latest")
    String file = "";

    @Option(names = "--execute", description = "Put them back")
    boolean execute;

    @Option(
            names = {"--preview", "--dry-run"},
            description = "Only show what would be done; so it is without --execute")
    boolean preview;

    @Option(
            names = "--on-conflict",
            paramLabel = "fail|skip|overwrite",
            description = "What becomes of rows whose key belongs to a different row by now: nothing is put back at all"
                    + " (fail, the default), these stay out (skip), or the rows of now are replaced, after a backup,"
                    + " unless they are no longer those that were shown (overwrite)")
    OnConflict onConflict = OnConflict.FAIL;

    @Option(
            names = "--triggers",
            paramLabel = "run|off",
            description = "Whether the triggers of the tables run (off, unless told otherwise: they ran when the rows"
                    + " were first made)")
    CleanupCommand.TriggerChoice triggers = CleanupCommand.TriggerChoice.off;

    @Mixin
    final AllowProtected allowProtected = new AllowProtected();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        RestoreOptions options = new RestoreOptions(onConflict, triggers == CleanupCommand.TriggerChoice.run);
        RowsRestore restore = pgkeep.rowsRestore();
        RestorePreview found = restore.look(pgkeep.rowsDocuments().find(file), pgkeep.target());
        DestructiveConfirmation danger = new DestructiveConfirmation(session, pgkeep, allowProtected.given);
        return new RowsRestoreScreen(session, danger)
                .run(found, file, execute && !preview, () -> restore.run(found, options, file, danger));
    }
}
