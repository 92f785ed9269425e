package dev.pgkeep.cli.render;

import dev.pgkeep.operation.diff.DiffResult;
import dev.pgkeep.operation.diff.LiveReading;
import dev.pgkeep.operation.diff.TableDifference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code diff --json}.
 *
 * @param different whether anything is
 * @param schema how the schemas differ; null where they were not compared
 * @param tables those that differ
 * @param compared how many tables were compared
 * @param rowsRead how many rows had to be read, on both sides together
 * @param chunkBytesRead stored bytes of all chunks that were read out of the repository
 * @param bytesRead bytes of the database's tables that were read, as they lie on the server; null between two backups
 * @param bytesInAll bytes of all its tables that were compared; null between two backups
 */
@io.avaje.jsonb.Json
public record DiffJson(
        String first,
        String second,
        boolean different,
        @Nullable List<SchemaChange> schema,
        List<Table> tables,
        int compared,
        long removed,
        long added,
        long changed,
        long rowsRead,
        long chunkBytesRead,
        @Nullable Long bytesRead,
        @Nullable Long bytesInAll,
        List<String> notes) {

    /** One way in which the schemas differ. */
    @io.avaje.jsonb.Json
    public record SchemaChange(String what, String kind, String name, String detail) {}

    /**
     * A table that differs.
     *
     * @param state {@code both}, or which side has it: {@code only-first}, {@code only-second}
     * @param firstRows null where they were not counted
     * @param changedColumns how many rows have another value there
     */
    @io.avaje.jsonb.Json
    public record Table(
            String schema,
            String table,
            String state,
            @Nullable Long firstRows,
            @Nullable Long secondRows,
            long removed,
            long added,
            long changed,
            Map<String, Long> changedColumns,
            List<String> key,
            List<Sample> samples,
            List<String> notes) {}

    /** A row that differs; long values are cut, and NULL is left out. */
    @io.avaje.jsonb.Json
    public record Sample(String change, Map<String, String> before, Map<String, String> after) {}

    public static DiffJson of(DiffResult result) {
        return new DiffJson(
                result.first(),
                result.second(),
                result.isDifferent(),
                result.schema()
                        .map(schema -> schema.changes().stream()
                                .map(each -> new SchemaChange(
                                        each.what().word(), each.kind().word(), each.name(), each.detail()))
                                .toList())
                        .orElse(null),
                result.different().stream().map(DiffJson::table).toList(),
                result.tables().size(),
                result.removed(),
                result.added(),
                result.changed(),
                result.rowsRead(),
                result.chunkBytes(),
                result.live().map(LiveReading::bytesRead).orElse(null),
                result.live().map(LiveReading::bytesInAll).orElse(null),
                result.notes());
    }

    private static Table table(TableDifference table) {
        return new Table(
                table.table().schema(),
                table.table().name(),
                word(table.state()),
                table.firstRows() < 0 ? null : table.firstRows(),
                table.secondRows() < 0 ? null : table.secondRows(),
                table.removed(),
                table.added(),
                table.changed(),
                table.changedColumns(),
                table.key(),
                table.samples().stream()
                        .map(each -> new Sample(word(each.change()), each.before(), each.after()))
                        .toList(),
                table.notes());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
