package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.cli.output.Json;
import dev.pgkeep.cli.output.RowsExportJson;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.ExitStatus;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.PendingRows;
import dev.pgkeep.rows.RowsReader;
import dev.pgkeep.rows.live.RowsExport;
import dev.pgkeep.rows.live.RowsExport.Exported;
import dev.pgkeep.units.Sizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep rows export}. */
@Command(
        description = "Writes rows of the database into a document of JSON, typed and with checksums, as cleanup does,"
                + " and deletes nothing. rows restore puts them into this database or another one.",
        footer = {
            "",
            "Examples:",
            "  pgkeep rows export --table orders --where 'customer_id = 42' --output orders.json",
            "  pgkeep rows export --table customers --where 'id = 42' --dependants --output customer.json"
        })
final class RowsExportCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--table", required = true, paramLabel = "TABLE", description = "Rows of this table")
    String table = "";

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "Which ones: SQL as it stands after WHERE (every row, unless given)")
    String where = "true";

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
        Target target = pgkeep.target();
        Exported exported;
        try (PendingRows pending = PendingRows.at(file)) {
            exported = pending.write(out ->
                    pgkeep.rowsExport().run(target, List.of(new RowsExport.Choice(table, where)), dependants, out));
            pending.sync();
            RowsReader.check(pending.written());
            pending.commit();
        }
        if (global.json) {
            session.print(Json.text(RowsExportJson.of(file.toString(), exported)));
            return ExitStatus.DONE;
        }
        exported.tables().forEach((name, rows) -> session.say("  " + name + "  " + Sizes.count(rows, "row")));
        session.conclude(session.style().good("✓ ")
                + session.style().bold(Sizes.count(exported.written().rows(), "row")) + " in " + session.path(file)
                + ", "
                + Sizes.text(exported.written().bytes()) + ", read back");
        session.say("To put them into a database: pgkeep rows restore " + session.path(file));
        return ExitStatus.DONE;
    }
}
