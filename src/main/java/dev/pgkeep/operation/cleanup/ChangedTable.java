package dev.pgkeep.operation.cleanup;

import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RowsFound;

/** Rows that stay and lose what they refer to. */
public record ChangedTable(Relation relation, ForeignKey key, RowsFound rows) {}
