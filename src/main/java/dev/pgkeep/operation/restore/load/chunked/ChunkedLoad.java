package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Crew;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.EntryStatements;
import dev.pgkeep.operation.restore.client.PgRestore;
import dev.pgkeep.operation.restore.client.PgRestore.Attempt;
import dev.pgkeep.operation.restore.load.mend.MendTarget;
import dev.pgkeep.operation.restore.load.mend.Mending;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.proof.ContentProof;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.admin.ExtensionDefaults;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
 * many COPYs at once, and everything that can only be made afterwards as soon as its rows are in. Meanwhile full tables
 * are read back and compared with the backup, and get their statistics, whenever a worker would have to wait.
 */
public final class ChunkedLoad {
    private static final Set<String> WITH_ROWS = Set.of("TABLE", "MATERIALIZED VIEW");

    private final ChunkedSource source;
    private final LoadSelection part;
    private final PgRestore restore;
    private final MendTarget target;
    private final Progress progress;
    private final Cancellation cancellation;
    private final ChunkMeter meter;
    private final Set<String> notes = Collections.synchronizedSet(new LinkedHashSet<>());

    /**
     * @param part what is loaded
     * @param restore pg_restore into the same database
     * @param target that database
     */
    public ChunkedLoad(
            ChunkedSource source,
            LoadSelection part,
            PgRestore restore,
            MendTarget target,
            Progress progress,
            Cancellation cancellation) {
        this.source = source;
        this.part = part;
        this.restore = restore;
        this.target = target;
        this.progress = progress;
        this.cancellation = cancellation;
        this.meter = new ChunkMeter(source.store(), progress);
    }

    /**
     * Loads everything, and compares the rows with the backup.
     *
     * @param inside a connection to that database
     * @param jobs how many sessions may work at once, if the server has them
     */
    public Loaded into(Connection inside, int jobs) {
        LoadSettings settings = LoadSettings.choose(jobs, inside);
        String encoding = source.metadata().properties().encoding();
        ContentProof proof = new ContentProof(inside, part.tables());
        try (Skeleton skeleton = source.skeletonFile(cancellation)) {
            progress.note("loading with " + settings.describe());
            run(new LoadContext(
                    new LoadTarget(target.connector(), target.database(), settings, encoding, source.moneyLocale()),
                    source.store(),
                    skeleton.dump(),
                    restore.with(settings.options()),
                    statements(skeleton, inside),
                    new Mending(target, notes, cancellation),
                    proof,
                    meter,
                    progress.phases(),
                    notes));
        }
        if (part.wanted().statistics()) {
            progress.step("Gathering planner statistics");
            progress.phases().during("statistics", () -> {
                notes.addAll(Statistics.gather(inside, this::isPart));
            });
        }
        flush(inside);
        return new Loaded(part.wanted().proof() ? proof.result() : Comparison.NONE, notes);
    }

    private Optional<EntryStatements> statements(Skeleton skeleton, Connection inside) {
        return new DumpReader(target.tools(), cancellation)
                .statements(skeleton.dump())
                .map(each -> new EntryStatements(each, inside, source.moneyLocale(), target.serverVersion()));
    }

    /** Commits of the load did not wait for the disk. This one does, and takes all that came before it along. */
    private static void flush(Connection inside) {
        try (Statement statement = inside.createStatement()) {
            statement.execute("SELECT pg_logical_emit_message(true, 'pgkeep', 'loaded')");
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "waiting until the load is on the disk");
        }
    }

    private void run(LoadContext work) {
        LoadPhases steps = new LoadPhases(part.entries(), part.tables(), weight());
        if (!steps.isKnown()) {
            inSections(work);
            return;
        }
        progress.phases()
                .during(
                        "definitions",
                        () -> make(work, part.clean() ? List.of("--clean", "--if-exists") : List.of(), steps.before()));
        makeRoom(work, steps.data());
        Set<Integer> failed = schedule(work, steps);
        work.mending().rowsAreIn();
        work.mending().entries(work.skeleton(), part.entries(), failed);
        progress.phases().during("rights and views", () -> make(work, List.of(), steps.last()));
    }

    /** Returns the numbers of entries that failed. */
    private Set<Integer> schedule(LoadContext work, LoadPhases steps) {
        int workers = work.site().settings().jobs();
        WholeTables whole = new WholeTables(part, meter::size, workers);
        List<TableProgress> tables = part.tables().stream()
                .map(table -> new TableProgress(table, into(table, steps), meter::size, whole.contains(table)))
                .toList();
        tables.forEach(table -> meter.expect(table.bytes()));
        List<TableName> names = part.tables().stream().map(TableContents::name).toList();
        LoadSchedule schedule = new LoadSchedule(
                tables,
                steps.data(),
                new LoadGraph(steps.after(), names),
                new IdleTasks(part.tables(), part.wanted(), root -> isThere(root, steps)),
                workers);
        Crew.run(workers, "pgkeep-load", cancellation, stop -> {
            try (LoadWorker worker = new LoadWorker(work, stop)) {
                worker.run(schedule);
            }
        });
        return schedule.failed();
    }

    /** The way for an archive that only its own pg_restore understands: one section after the other. */
    private void inSections(LoadContext work) {
        make(work, List.of("--section=pre-data"), part.entries());
        schedule(work, new LoadPhases(List.of(), part.tables(), table -> 0));
        makeRoom(work, part.entries());
        work.mending().rowsAreIn();
        make(work, List.of("--section=data"), part.entries());
        make(
                work,
                List.of(
                        "--section=post-data",
                        "--jobs=" + work.site().settings().jobs()),
                part.entries());
    }

    private void make(LoadContext work, List<String> options, List<Entry> entries) {
        Attempt attempt = work.restore().attempt(work.skeleton(), options, entries, meter::stderr, cancellation);
        notes.addAll(attempt.notes());
        work.mending().entries(work.skeleton(), entries, attempt.failed());
    }

    /** What an extension has just brought of the rows that the backup holds itself would come twice. */
    private void makeRoom(LoadContext work, List<Entry> data) {
        List<TableName> tables = data.stream()
                .filter(entry -> entry.type().equals("TABLE DATA"))
                .map(Entry::named)
                .toList();
        if (!tables.isEmpty()) {
            try (LoadSession session = new LoadSession(work.site(), cancellation)) {
                ExtensionDefaults.remove(session.connection(), tables);
            }
        }
    }

    private boolean isThere(TableName table, LoadPhases steps) {
        return part.whole() || steps.isTable(table);
    }

    private boolean isPart(TableName table) {
        return part.whole()
                || part.entries().stream()
                        .anyMatch(entry -> entry.named().equals(table) && WITH_ROWS.contains(entry.type()));
    }

    /** Rows that may belong to another leaf now go through the root, where that is restored too. */
    private TableName into(TableContents table, LoadPhases steps) {
        return table.root()
                .filter(root -> table.loadThroughRoot() && isThere(root, steps))
                .orElse(table.name());
    }

    private ToLongFunction<TableName> weight() {
        Map<TableName, Long> bytes = new HashMap<>();
        source.metadata().tables().forEach(table -> bytes.put(table.tableName(), table.bytes()));
        return table -> bytes.getOrDefault(table, 0L);
    }
}
