package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.RowsListJson;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.operation.rows.RowsDocuments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pgkeep rows list}. */
@Command(
        description = "Lists the documents of rows that cleanups wrote, newest first. A document goes when the safety"
                + " backup of its cleanup goes.",
        footer = {"", "Examples:", "  pgkeep rows list"})
final class RowsListCommand implements Action {
    @Mixin
    final GlobalOptions global = new GlobalOptions();

    @Override
    public GlobalOptions global() {
        return global;
    }

    @Override
    public ExitStatus run(Session session) {
        Pgkeep pgkeep = session.pgkeep();
        List<RowsListJson.Document> documents = new ArrayList<>();
        TextTable table = new TextTable("DOCUMENT", "AGE", "DATABASE", "ROWS OF");
        for (Path file : pgkeep.repository().rows().list()) {
            try (RowsReader reader = RowsReader.open(file)) {
                DocumentHead head = reader.head();
                documents.add(RowsListJson.document(RowsDocuments.name(file), file.toString(), head));
                table.row(
                        RowsDocuments.name(file),
                        Spans.ago(head.created(), session.surroundings().clock().instant()),
                        head.database(),
                        head.conditions().stream().map(RowsListCommand::text).collect(Collectors.joining("; ")));
            } catch (PgkeepException e) {
                session.progress().warn(e.getMessage());
            }
        }
        if (global.json) {
            session.document(Json.text(new RowsListJson(documents)));
        } else if (table.isEmpty()) {
            session.say("No cleanup has written a document into "
                    + session.path(pgkeep.settings().repository()) + ".");
        } else {
            table.lines(session.style()).forEach(session::print);
        }
        return ExitStatus.DONE;
    }

    private static String text(Condition condition) {
        return (condition.plan().isEmpty() ? "" : condition.plan() + ": ") + condition.table() + " where "
                + condition.where();
    }
}
