package dev.pgkeep.postgres.copy;

import dev.pgkeep.format.columnar.RowHash;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.base.progress.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

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

    /** The same for content that was read while money printed under this locale; empty: that of role and database. */
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
        var failure = new AtomicReference<RuntimeException>();
        work(tasks, snapshot, cancellation, failure, contents);
        cancellation.check();
        if (failure.get() != null) {
            throw failure.get();
        }
        return new TreeMap<>(contents);
    }

    private void work(
            Queue<Task> tasks,
            String snapshot,
            Cancellation cancellation,
            AtomicReference<RuntimeException> failure,
            Map<TableName, RowHash> contents) {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < Math.min(connections, Math.max(1, tasks.size())); i++) {
            threads.add(Thread.ofVirtual().name("content-" + i).start(() -> {
                try (CopySession session = CopySession.open(connector, target, application, Optional.of(snapshot))
                                .withMoney(moneyLocale);
                        var registration = cancellation.onCancel(session::abort)) {
                    var reader = new RangeReader(session);
                    for (Task task = tasks.poll(); task != null; task = tasks.poll()) {
                        contents.merge(task.table().name(), content(reader, task), RowHash::plus);
                    }
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                    tasks.clear();
                }
            }));
        }
        threads.forEach(ContentReader::join);
    }

    private static RowHash content(RangeReader reader, Task task) {
        var content = new RowContent();
        reader.read(task.table(), task.range(), content);
        return content.total();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    /** The same, summed by root of partitioned tables: rows may lie in other partitions after a restore. */
    public static Map<TableName, RowHash> byRoot(List<CopyTable> tables, Map<TableName, RowHash> contents) {
        var sums = new TreeMap<TableName, RowHash>();
        for (CopyTable table : tables) {
            sums.merge(table.contentName(), contents.getOrDefault(table.name(), RowHash.EMPTY), RowHash::plus);
        }
        return sums;
    }
}
