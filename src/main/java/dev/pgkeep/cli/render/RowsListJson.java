package dev.pgkeep.cli.render;

import dev.pgkeep.format.rows.DocumentHead;
import java.util.List;

/** The result of {@code rows list --json}, newest first. */
@io.avaje.jsonb.Json
public record RowsListJson(List<Document> documents) {
    /** A document and which rows were meant. */
    @io.avaje.jsonb.Json
    public record Document(
            String name, String file, String database, String created, String reason, List<CleanupJson.Plan> plans) {}

    public static Document document(String name, String file, DocumentHead head) {
        return new Document(
                name,
                file,
                head.database(),
                head.created().toString(),
                head.reason(),
                head.conditions().stream()
                        .map(each -> new CleanupJson.Plan(each.plan(), each.table(), each.where()))
                        .toList());
    }
}
