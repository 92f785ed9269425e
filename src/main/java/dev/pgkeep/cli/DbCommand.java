package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.cli.render.DbJson;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.KeptJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.swap.KeptDatabase;
import dev.pgkeep.postgres.swap.KeptDatabases;
import dev.pgkeep.base.units.Sizes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgkeep db}. */
@Command(
        description = "Shows the databases of the server: sizes, tables, connections.",
        footer = {"", "Examples:", "  pgkeep db", "  pgkeep db --tables     the tables of the configured database"})
final class DbCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Option(names = "--tables", description = "The tables of the configured database instead")
    boolean tables;

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        Target target = pgkeep.target();
        try (Connection connection = open(pgkeep, target)) {
            Catalog catalog = new Catalog(connection);
            session.say(session.style().bold(target.describeServer()) + ", PostgreSQL "
                    + catalog.server().shortVersion() + ", as " + target.user() + " (" + target.origin() + ")");
            if (tables) {
                tables(session, pgkeep, target);
            } else {
                databases(session, pgkeep, target, catalog.databases(), new KeptDatabases(connection).all());
            }
            return ExitStatus.DONE;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the databases");
        }
    }

    /** The configured database, or one beside it: the list of databases is the same everywhere. */
    private static Connection open(Pgkeep pgkeep, Target target) {
        try {
            return pgkeep.connector().open(target, "pgkeep");
        } catch (PgkeepException e) {
            if (e.code() == dev.pgkeep.base.error.ErrorCode.DATABASE_MISSING) {
                return pgkeep.connector().openBeside(target, "pgkeep");
            }
            throw e;
        }
    }

    private void databases(
            Session session, Pgkeep pgkeep, Target target, List<DatabaseInfo> databases, List<KeptDatabase> kept) {
        List<DbJson.Database> rows = databases.stream()
                .filter(database -> !database.template())
                .map(database -> new DbJson.Database(
                        database.name(),
                        database.owner(),
                        database.bytes(),
                        database.connectable() ? tableCount(pgkeep, target.withDatabase(database.name())) : -1,
                        database.connections(),
                        database.marked()))
                .toList();
        if (global.json) {
            session.document(Json.text(new DbJson(
                    target.describeServer(),
                    rows,
                    kept.stream().map(KeptJson::of).toList())));
            return;
        }
        TextTable table = new TextTable("DATABASE", "OWNER", ">SIZE", ">TABLES", ">CONNECTIONS");
        rows.forEach(row -> table.row(
                row.name().equals(target.database()) ? row.name() + " *" : row.name(),
                row.owner(),
                row.bytes() < 0 ? "?" : Sizes.text(row.bytes()),
                row.tables() < 0 ? "?" : Sizes.count(row.tables()),
                Integer.toString(row.connections())));
        table.lines(session.style()).forEach(session::print);
        rows.stream()
                .filter(DbJson.Database::marked)
                .forEach(row -> session.say("Protected: " + row.name() + " (marked by pgkeep protect)"));
        kept.forEach(each -> session.say("Kept: " + SwapWords.line(each)));
    }

    private void tables(Session session, Pgkeep pgkeep, Target target) {
        try (Connection connection = pgkeep.connector().open(target, "pgkeep")) {
            List<TableInfo> found = new Catalog(connection).tables();
            TextTable table = new TextTable("TABLE", "KIND", ">ROWS (ABOUT)", ">SIZE");
            found.forEach(each -> table.row(
                    each.name().toString(),
                    each.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                    each.estimatedRows() < 0 ? "?" : Sizes.count(each.estimatedRows()),
                    Sizes.text(each.bytes())));
            table.lines(session.style()).forEach(session::print);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "listing the tables");
        }
    }

    private static int tableCount(Pgkeep pgkeep, Target target) {
        try (Connection connection = pgkeep.connector().open(target, "pgkeep")) {
            return (int) new Catalog(connection)
                    .tables().stream().filter(TableInfo::hasDumpedRows).count();
        } catch (SQLException | PgkeepException e) {
            return -1;
        }
    }
}
