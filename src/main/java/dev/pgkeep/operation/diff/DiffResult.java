package dev.pgkeep.operation.diff;

import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.List;
import java.util.Optional;

/**
 * The difference between two states of a database.
 *
 * @param first name of the first: a backup
 * @param second name of the second: a backup, or the database
 * @param schema how the schema of the first became that of the second; empty where it was not compared
 * @param tables by name, those without a difference too
 * @param rowsRead how many rows had to be read, on both sides together
 * @param chunkBytes stored bytes of all chunks that were read out of the repository
 * @param live what was read of the second, where it is a database
 * @param notes what is to be known about the comparison, for people
 */
public record DiffResult(
        String first,
        String second,
        Optional<SchemaDifference> schema,
        List<TableDifference> tables,
        long rowsRead,
        long chunkBytes,
        Optional<LiveReading> live,
        List<String> notes) {
    public DiffResult {
        tables = List.copyOf(tables);
        notes = List.copyOf(notes);
    }

    DiffResult reading(long bytes) {
        return new DiffResult(first, second, schema, tables, rowsRead, bytes, live, notes);
    }

    DiffResult reading(LiveReading database) {
        return new DiffResult(first, second, schema, tables, rowsRead, chunkBytes, Optional.of(database), notes);
    }

    public boolean isDifferent() {
        return schema.filter(each -> !each.isEmpty()).isPresent()
                || tables.stream().anyMatch(TableDifference::isDifferent);
    }

    public List<TableDifference> different() {
        return tables.stream().filter(TableDifference::isDifferent).toList();
    }

    public long removed() {
        return tables.stream().mapToLong(TableDifference::removed).sum();
    }

    public long added() {
        return tables.stream().mapToLong(TableDifference::added).sum();
    }

    public long changed() {
        return tables.stream().mapToLong(TableDifference::changed).sum();
    }
}
