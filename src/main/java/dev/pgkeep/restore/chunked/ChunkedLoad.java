package dev.pgkeep.restore.chunked;

import dev.pgkeep.restore.client.PgRestore;
import dev.pgkeep.restore.source.Skeleton;
import dev.pgkeep.restore.source.ChunkedSource;
import dev.pgkeep.progress.Crew;
import dev.pgkeep.contents.TableContents;
import dev.pgkeep.dump.ArchiveListing.Entry;
import dev.pgkeep.dump.DumpFile;
import dev.pgkeep.manifest.TableName;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.progress.Cancellation;
import dev.pgkeep.progress.Progress;
import dev.pgkeep.restore.chunked.LoadSchedule.Task;
import java.sql.Connection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Loads a backup of chunks into a database that is ready for it: what stands before the rows by pg_restore, rows by
 * many COPYs at once, and everything that can only be made afterwards as soon as its rows are in.
 */
public final class ChunkedLoad {
    private final ChunkedSource source;
    private final LoadPart part;
    private final PgRestore restore;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;
    private final ChunkMeter meter;
    private final Set<String> notes = Collections.synchronizedSet(new LinkedHashSet<>());

    /**
     * @param part what is loaded
     * @param restore pg_restore into the same database
     */
    public ChunkedLoad(
            ChunkedSource source,
            LoadPart part,
            PgRestore restore,
            Connector connector,
            Progress progress,
            Cancellation cancellation) {
        this.source = source;
        this.part = part;
        this.restore = restore;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
        this.meter = new ChunkMeter(source.store(), progress);
    }

    /**
     * Loads everything.
     *
     * @param inside a connection to the database
     * @param jobs how many sessions may work at once, if the server has them
     * @return known-harmless errors, one line each
     */
    public Set<String> into(Target database, Connection inside, int jobs) {
        LoadSettings settings = LoadSettings.choose(jobs, inside);
        try (Skeleton skeleton = source.skeletonFile(cancellation)) {
            progress.note("loading with " + settings.describe());
            run(database, skeleton.dump(), settings);
        }
        return notes;
    }

    private void run(Target database, DumpFile skeleton, LoadSettings settings) {
        PgRestore restore = this.restore.with(settings.options());
        LoadSteps steps = new LoadSteps(part.entries(), part.tables(), weight());
        if (!steps.isKnown()) {
            inSections(database, skeleton, restore, settings);
            return;
        }
        List<String> options = part.clean() ? List.of("--clean", "--if-exists") : List.of();
        notes.addAll(restore.run(skeleton, options, steps.before(), meter::stderr, cancellation));
        schedule(database, skeleton, restore, steps, settings);
        notes.addAll(restore.run(skeleton, List.of(), steps.last(), meter::stderr, cancellation));
    }

    private void schedule(
            Target database, DumpFile skeleton, PgRestore restore, LoadSteps steps, LoadSettings settings) {
        List<TableLoad> tables = part.tables().stream()
                .map(table -> new TableLoad(table, into(table, steps), meter::size))
                .toList();
        tables.forEach(table -> meter.expect(table.bytes()));
        List<TableName> names =
                part.tables().stream().map(TableContents::name).toList();
        LoadSchedule schedule =
                new LoadSchedule(tables, steps.data(), new LoadGraph(steps.after(), names), settings.jobs());
        Crew.run(settings.jobs(), "pgkeep-load", cancellation, stop -> {
            try (LoadSession session = session(database, settings, stop)) {
                RowCopy rows = new RowCopy(source.store(), meter::add);
                Optional<Task> task = schedule.next(stop);
                while (task.isPresent()) {
                    perform(task.get(), session, rows, restore, skeleton, stop);
                    schedule.done(task.get());
                    task = schedule.next(stop);
                }
            }
        });
    }

    private void perform(
            Task task, LoadSession session, RowCopy rows, PgRestore restore, DumpFile skeleton, Cancellation stop) {
        switch (task) {
            case Task.Rows some -> {
                meter.on(some.table().table().name().toString());
                rows.copy(
                        session.connection(), some.table().table(), some.table().into(), some.extents());
            }
            case Task.Data data -> notes.addAll(restore.run(skeleton, List.of(), data.entries(), meter::stderr, stop));
            case Task.After after ->
                notes.addAll(restore.run(skeleton, List.of(), after.entries(), meter::stderr, stop));
        }
    }

    /** The way for an archive that only its own pg_restore understands: one section after the other. */
    private void inSections(Target database, DumpFile skeleton, PgRestore restore, LoadSettings settings) {
        List<Entry> entries = part.entries();
        notes.addAll(restore.run(skeleton, List.of("--section=pre-data"), entries, meter::stderr, cancellation));
        LoadSteps nothing = new LoadSteps(List.of(), part.tables(), table -> 0);
        schedule(database, skeleton, restore, nothing, settings);
        notes.addAll(restore.run(skeleton, List.of("--section=data"), entries, meter::stderr, cancellation));
        notes.addAll(restore.run(
                skeleton,
                List.of("--section=post-data", "--jobs=" + settings.jobs()),
                entries,
                meter::stderr,
                cancellation));
    }

    private LoadSession session(Target database, LoadSettings settings, Cancellation stop) {
        String encoding = source.metadata().properties().encoding();
        return new LoadSession(connector, database, settings, encoding, stop);
    }

    /** Rows that may belong to another leaf now go through the root, where that is restored too. */
    private TableName into(TableContents table, LoadSteps steps) {
        return table.root()
                .filter(root -> table.loadThroughRoot() && (part.whole() || steps.isTable(root)))
                .orElse(table.name());
    }

    private ToLongFunction<TableName> weight() {
        Map<TableName, Long> bytes = new HashMap<>();
        source.metadata().tables().forEach(table -> bytes.put(table.tableName(), table.bytes()));
        return table -> bytes.getOrDefault(table, 0L);
    }
}
