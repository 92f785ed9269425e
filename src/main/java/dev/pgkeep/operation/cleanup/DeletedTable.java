package dev.pgkeep.operation.cleanup;

import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RowsFound;
import java.util.List;
import java.util.Map;

/**
 * Rows of a table that go.
 *
 * @param rows how many, and what they contain
 * @param meant those that a condition names
 * @param ways those that go because of others, by the foreign key that leads to them
 * @param samples some of them: texts by column, null for null
 */
public record DeletedTable(
        Relation relation, RowsFound rows, long meant, Map<ForeignKey, Long> ways, List<Map<String, String>> samples) {}
