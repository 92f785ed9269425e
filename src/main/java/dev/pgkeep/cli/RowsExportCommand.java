package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RowsExportJson;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.RestoreSource;
import dev.pgkeep.operation.rows.RowsExport;
import dev.pgkeep.operation.rows.RowsExport.Exported;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.FileLockHandle;
import dev.pgkeep.repository.PendingRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep rows export}. */
@Command(
        description =
                "Writes rows of the database, or of a stored backup, into a document of JSON, typed and with checksums, as cleanup does,"
                        + " and deletes nothing. rows restore puts them into this database or another one.",
        footer = {
            "",
            "Examples:",
            "  pgkeep rows export --table orders --where 'customer_id = 42' --output orders.json",
            "  pgkeep rows export --table customers --where 'id = 42' --dependants --output customer.json",
            "  pgkeep rows export --from latest --table orders --where 'id = 42' --output order.json"
        })
final class RowsExportCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(
            names = "--table",
            required = true,
            paramLabel = "TABLE",
            description = "Own rows of this table, not of tables that inherit from it")
    String table = "";

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Which ones: SQL as it stands after WHERE (every row, unless given)")
    String where = "true";

    @Option(
            names = "--from",
            paramLabel = "BACKUP",
            description =
                    "Out of this stored backup (latest, a name, or a part of one) instead of the database; only the"
                            + " chunks of that table are read. A condition needs a server that understands it")
    @Nullable
    String from;

    @Option(names = "--dependants", description = "With all rows that refer to them, as cleanup would delete them")
    boolean dependants;

    @Option(
            names = {"--output", "--to-file"},
            required = true,
            paramLabel = "FILE",
            description = "Where to write the document")
    Path output = Path.of("rows.json");

    @Option(names = "--overwrite", description = "Replace that file if there is one")
    boolean overwrite;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Path file = session.surroundings().workingDirectory().resolve(output);
        if (Files.exists(file) && !overwrite) {
            throw new PgkeepException(
                    ErrorCode.TARGET_EXISTS, session.path(file) + " exists", "choose another file, or add --overwrite");
        }
        Exported exported;
        try (PendingRows pending = PendingRows.at(file)) {
            exported = from == null ? live(pgkeep, pending) : stored(session, pgkeep, from, pending);
            pending.sync();
            RowsReader.check(pending.written());
            pending.commit();
        }
        if (global.json) {
            session.document(Json.text(RowsExportJson.of(file.toString(), exported)));
            return ExitStatus.DONE;
        }
        exported.tables().forEach((name, rows) -> session.say("  " + name + "  " + Sizes.count(rows, "row")));
        session.conclude(session.style().good("✓ ")
                + session.style().bold(Sizes.count(exported.written().rows(), "row")) + " in " + session.path(file)
                + ", "
                + Sizes.text(exported.written().bytes()) + ", read back");
        session.say("To put them into a database: pgkeep rows restore " + ShellWords.word(session.path(file)));
        return ExitStatus.DONE;
    }

    private Exported live(Pgkeep pgkeep, PendingRows pending) {
        Target target = pgkeep.target();
        return pending.write(
                out -> pgkeep.rowsExport().run(target, List.of(new RowsExport.Choice(table, where)), dependants, out));
    }

    private Exported stored(Session session, Pgkeep pgkeep, String name, PendingRows pending) {
        if (dependants) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    "--dependants follows the foreign keys of the live database, not those of a backup",
                    "name the rows of the other tables by a condition of their own");
        }
        RestoreSource source = pgkeep.sourceFinder().named(name);
        if (!(source instanceof ChunkedSource chunked)) {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    source.name() + " does not consist of chunks, of which single tables could be read",
                    "restore the table into another database: pgkeep restore " + ShellWords.word(source.name())
                            + " --to NEW --create-db -t " + table);
        }
        try (FileLockHandle lease = pgkeep.repository().lease(chunked.stored())) {
            return pending.write(out ->
                    pgkeep.storedExport().run(chunked, new RowsExport.Choice(table, where), pgkeep::target, out));
        }
    }
}
