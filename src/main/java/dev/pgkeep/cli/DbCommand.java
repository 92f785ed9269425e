package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.cli.render.DbJson;
import dev.pgkeep.cli.render.TablesJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.operation.show.ServerContents;
import dev.pgkeep.postgres.catalog.DatabaseInfo;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.connect.Target;
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
        ServerContents contents = pgkeep.serverContents();
        if (tables) {
            heading(session, target, contents.version(target));
            List<TableInfo> found = contents.tables(target);
            print(session, found);
            session.answer(TablesJson.of(target, found));
        } else {
            ServerContents.Databases found = contents.databases(target);
            heading(session, target, found.version());
            print(session, target, found);
            session.answer(DbJson.of(target, found));
        }
        return ExitStatus.DONE;
    }

    private static void heading(Session session, Target target, String version) {
        session.say(session.style().bold(target.describeServer()) + ", PostgreSQL " + version + ", as " + target.user()
                + " (" + target.origin() + ")");
    }

    private static void print(Session session, Target target, ServerContents.Databases found) {
        TextTable table = new TextTable("DATABASE", "OWNER", ">SIZE", ">TABLES", ">CONNECTIONS");
        found.databases().forEach(each -> {
            DatabaseInfo info = each.info();
            table.row(
                    info.name().equals(target.database()) ? info.name() + " *" : info.name(),
                    info.owner(),
                    info.bytes() < 0 ? "?" : Sizes.text(info.bytes()),
                    each.tables() < 0 ? "?" : Sizes.count(each.tables()),
                    Integer.toString(info.connections()));
        });
        table.lines(session.style()).forEach(session::print);
        found.databases().stream()
                .map(ServerContents.Database::info)
                .filter(DatabaseInfo::marked)
                .forEach(info -> session.say("Protected: " + info.name() + " (marked by pgkeep protect)"));
        found.kept().forEach(each -> session.say("Kept: " + SwapWords.line(each)));
    }

    private static void print(Session session, List<TableInfo> found) {
        TextTable table = new TextTable("TABLE", "KIND", ">ROWS (ABOUT)", ">SIZE");
        found.forEach(each -> table.row(
                each.name().toString(),
                TablesJson.kind(each),
                each.estimatedRows() < 0 ? "?" : Sizes.count(each.estimatedRows()),
                Sizes.text(each.bytes())));
        table.lines(session.style()).forEach(session::print);
    }
}
