package dev.pgkeep.operation.rows;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.rows.DocumentHead;
import dev.pgkeep.format.rows.DocumentHead.Condition;
import dev.pgkeep.format.rows.RowsWriter;
import dev.pgkeep.format.rows.RowsWriter.Written;
import dev.pgkeep.postgres.catalog.Catalog;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.relations.ForeignKeyClosure;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RelationCatalog;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.relations.RowsFound;
import dev.pgkeep.postgres.relations.Seed;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes rows of the live database into a document; changes nothing. */
public final class RowsExport {
    private final Connector connector;
    private final Clock clock;
    private final Progress progress;
    private final Cancellation cancellation;

    public RowsExport(Connector connector, Clock clock, Progress progress, Cancellation cancellation) {
        this.connector = connector;
        this.clock = clock;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /** @param where the condition, as it stands after WHERE */
    public record Choice(String table, String where) {}

    /** @param tables rows of each table that are in the document */
    public record Exported(Written written, Map<String, Long> tables) {}

    /**
     * Writes the rows in one snapshot.
     *
     * @param dependants whether rows that refer to them go along, as they would be deleted with them
     */
    public Exported run(Target target, List<Choice> choices, boolean dependants, OutputStream out) {
        try (Connection connection = connector.open(target, "pgkeep");
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                RowSession session = RowSession.looking(connection)) {
            progress.step("Looking for the rows");
            Relations relations = RelationCatalog.read(connection);
            List<Seed> seeds = choices.stream()
                    .map(each -> new Seed(relations.named(each.table()), each.where(), "--where"))
                    .toList();
            ForeignKeyClosure closure = dependants
                    ? ForeignKeyClosure.of(session, relations, seeds, false, false, cancellation)
                    : ForeignKeyClosure.only(session, relations, seeds, cancellation);
            Map<Relation, RowsFound> found = closure.found();
            LiveRows rows = new LiveRows(closure, relations, found.keySet(), List.of(), cancellation);
            progress.step("Writing rows");
            Written written =
                    RowsWriter.write(out, head(connection, target, choices), rows, (section, count, bytes) -> {});
            Map<String, Long> tables = new LinkedHashMap<>();
            found.forEach((relation, each) -> tables.put(relation.shown(), each.count()));
            return new Exported(written, tables);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "exporting rows");
        }
    }

    private DocumentHead head(Connection connection, Target target, List<Choice> choices) {
        return new DocumentHead(
                target.database(),
                target.describeServer(),
                new Catalog(connection).server().shortVersion(),
                clock.instant(),
                "export",
                choices.stream()
                        .map(each -> new Condition("", each.table(), each.where()))
                        .toList(),
                Optional.empty());
    }
}
