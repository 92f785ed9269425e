package dev.pgkeep.operation.refresh.masking;

import dev.pgkeep.format.manifest.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A foreign key.
 *
 * @param name of the constraint
 * @param from the table that refers
 * @param fromColumns its columns, in the order of those that they refer to
 * @param to the table referred to
 * @param toColumns its columns
 * @param definition as {@code ALTER TABLE … ADD CONSTRAINT} takes it
 * @param comment on the constraint
 */
public record ForeignKey(
        String name,
        TableName from,
        List<String> fromColumns,
        TableName to,
        List<String> toColumns,
        String definition,
        Optional<String> comment) {
    public ForeignKey {
        fromColumns = List.copyOf(fromColumns);
        toColumns = List.copyOf(toColumns);
    }
}
