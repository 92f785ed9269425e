package dev.pgkeep.operation.backup;

import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.catalog.TableInfo;
import dev.pgkeep.postgres.snapshot.LockConflictMonitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The meter of a dump: what pg_dump says it begins with, what the server says about the rows copied of it, and the
 * bytes written so far. The weight of a table is its size on the server.
 */
final class DumpMeter {
    private static final Pattern TABLE = Pattern.compile("dumping contents of table \"?(.*?)\"?$", Pattern.DOTALL);
    private static final String NEW_MESSAGE = "pg_dump: ";

    private final Progress progress;
    private final LongSupplier written;
    private final Consumer<TableName> onTable;
    private final Map<String, List<TableInfo>> tables = new HashMap<>();
    private final Map<TableName, TableInfo> begun = new LinkedHashMap<>();
    private final long total;
    private Map<TableName, Long> copying = Map.of();
    private @Nullable TableName current;
    private String message = "";

    /**
     * @param written bytes stored so far
     * @param onTable told once for every table whose rows are about to be dumped
     */
    DumpMeter(List<TableInfo> tables, Progress progress, LongSupplier written, Consumer<TableName> onTable) {
        this.progress = progress;
        this.written = written;
        this.onTable = onTable;
        this.total = tables.stream().mapToLong(TableInfo::bytes).sum();
        tables.forEach(table -> this.tables
                .computeIfAbsent(table.schema() + "." + table.name().name(), name -> new ArrayList<>())
                .add(table));
    }

    /**
     * Takes a line of pg_dump's own words. Names in it are not quoted and may hold line breaks, so what it says is held
     * against the tables we know.
     */
    synchronized void stderr(String line) {
        message = line.startsWith(NEW_MESSAGE) ? line : message + "\n" + line;
        Matcher matcher = TABLE.matcher(message);
        if (matcher.find()) {
            tables.getOrDefault(matcher.group(1), List.of()).stream()
                    .filter(table -> !begun.containsKey(table.name()))
                    .findFirst()
                    .ifPresent(this::begin);
        }
    }

    private void begin(TableInfo table) {
        begun.put(table.name(), table);
        current = table.name();
        onTable.accept(table.name());
        report();
    }

    /** Takes what the server says is being copied. */
    synchronized void copying(List<LockConflictMonitor.Copying> now) {
        Map<TableName, Long> rows = new HashMap<>();
        now.forEach(each -> rows.put(each.table(), each.rows()));
        copying = rows;
        report();
    }

    private void report() {
        long done = 0;
        for (TableInfo table : begun.values()) {
            Long rows = copying.get(table.name());
            boolean active = rows != null || table.name().equals(current);
            done += active ? partOf(table, rows == null ? 0 : rows) : table.bytes();
        }
        String item = current == null ? null : current.toString();
        progress.advance(new Progress.Amount(done, total, written.getAsLong(), item));
    }

    private static long partOf(TableInfo table, long rows) {
        if (table.estimatedRows() <= 0) {
            return 0;
        }
        return (long) (table.bytes() * Math.min(1.0, (double) rows / table.estimatedRows()));
    }
}
