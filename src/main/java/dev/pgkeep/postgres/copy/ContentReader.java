package dev.pgkeep.postgres.copy;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads all rows of tables only to know their content: count and hash, as a backup records them. */
public final class ContentReader {
    private final Connector connector;
    private final Target target;
    private final String application;
    private final int connections;
    private final Optional<String> moneyLocale;

    /**
     * @param application name under which its sessions appear on the server
     * @param connections how many sessions read at once
     */
    public ContentReader(Connector connector, Target target, String application, int connections) {
        this(connector, target, application, connections, Optional.of(SessionSettings.MONEY_LOCALE));
    }

    private ContentReader(
            Connector connector, Target target, String application, int connections, Optional<String> moneyLocale) {
        this.connector = connector;
        this.target = target;
        this.application = application;
        this.connections = connections;
        this.moneyLocale = moneyLocale;
    }

    /**
     * This reader for content that was read while money printed under this locale; empty: that of role and database.
     */
    public ContentReader withMoney(Optional<String> locale) {
        return new ContentReader(connector, target, application, connections, locale);
    }

    /** A range to read. */
    private record Task(CopyTable table, BlockRange range) {}

    /**
     * Content of every table, all in one snapshot.
     *
     * @param tables largest first; locked, if they might be changed meanwhile
     * @param snapshot id of the exported snapshot in which the tables were listed
     * @throws PgkeepException what the first session that failed met; INTERRUPTED when cancelled
     */
    public Map<TableName, RowHash> read(List<CopyTable> tables, String snapshot, Cancellation cancellation) {
        Queue<Task> tasks = new ConcurrentLinkedQueue<>();
        Map<TableName, RowHash> contents = new ConcurrentHashMap<>();
        for (CopyTable table : tables) {
            contents.put(table.name(), RowHash.EMPTY);
            Ranges.runs(table).forEach(range -> tasks.add(new Task(table, range)));
        }
        int sessions = Math.clamp(tasks.size(), 1, connections);
        Crew.run(sessions, "content", cancellation, stop -> work(tasks, snapshot, stop, contents));
        return new TreeMap<>(contents);
    }

    private void work(Queue<Task> tasks, String snapshot, Cancellation stop, Map<TableName, RowHash> contents) {
        try (CopySession session = CopySession.open(connector, target, application, Optional.of(snapshot))
                        .withMoney(moneyLocale);
                var registration = stop.onCancel(session::abort)) {
            var reader = new RangeReader(session);
            for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                stop.check();
                contents.merge(task.table().name(), content(reader, task), RowHash::plus);
            }
        }
    }

    private static RowHash content(RangeReader reader, Task task) {
        var content = new RowContent();
        reader.read(task.table(), task.range(), content);
        return content.total();
    }

    /** The content of tables, summed by root of partitioned ones: rows may lie in other partitions after a restore. */
    public static Map<TableName, RowHash> byRoot(List<CopyTable> tables, Map<TableName, RowHash> contents) {
        var sums = new TreeMap<TableName, RowHash>();
        for (CopyTable table : tables) {
            sums.merge(table.contentName(), contents.getOrDefault(table.name(), RowHash.EMPTY), RowHash::plus);
        }
        return sums;
    }
}
