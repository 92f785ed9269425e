package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The wishes about a comparison.
 *
 * @param tables those whose rows are compared
 * @param samples how many rows of each kind are kept to be shown
 * @param scratch says where a scratch database may be made to look at a backup's schema; empty to compare rows alone
 * @param script filled with the statements that turn the second into the first
 * @param lost filled with the rows of the first that the second has not, or not so
 * @param full whether every row of a database is read, also where it is known that nothing changed
 */
public record DiffRequest(
        Predicate<TableName> tables,
        int samples,
        Optional<Supplier<Target>> scratch,
        Optional<SqlScript> script,
        Optional<RepairRows> lost,
        boolean full) {
    List<ChangeConsumer> takers() {
        return Stream.<ChangeConsumer>concat(script.stream(), lost.stream()).toList();
    }
}
