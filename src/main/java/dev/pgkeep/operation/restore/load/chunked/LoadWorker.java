package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.PgRestore.Attempt;
import dev.pgkeep.operation.restore.load.chunked.LoadSchedule.Task;
import dev.pgkeep.operation.restore.load.mend.Mending;
import dev.pgkeep.postgres.copy.SessionEncoding;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A worker of a load: does one task after the other, in sessions of its own. */
final class LoadWorker implements AutoCloseable {
    private final LoadContext work;
    private final Cancellation stop;
    private final LoadSession session;
    private final EntryMaker entries;
    private final RowCopy rows;

    LoadWorker(LoadContext work, Cancellation stop) {
        this.work = work;
        this.stop = stop;
        this.session = new LoadSession(work.site(), stop);
        this.entries = new EntryMaker(work, session, stop);
        this.rows = new RowCopy(work.store(), work.meter()::add);
    }

    /** Works until nothing is left. */
    void run(LoadSchedule schedule) {
        Optional<Task> task = schedule.next(stop);
        while (task.isPresent()) {
            try (Phases.Open open = work.phases().beside(phase(task.get()))) {
                perform(task.get(), schedule);
            }
            schedule.done(task.get());
            task = schedule.next(stop);
        }
    }

    private static String phase(Task task) {
        return switch (task) {
            case Task.Rows rows -> "rows";
            case Task.Data data -> "rows";
            case Task.After after -> "indexes";
            case Task.Proof proof -> "proof";
            case Task.Statistics statistics -> "statistics";
        };
    }

    private void perform(Task task, LoadSchedule schedule) {
        switch (task) {
            case Task.Rows some -> copy(some, schedule);
            case Task.Data data -> make(data.entries(), schedule);
            case Task.After after -> schedule.failed(entries.make(after.entries()));
            case Task.Proof proof -> read(proof.table(), proof.slice());
            case Task.Statistics statistics -> analyze(statistics.table());
        }
    }

    private void copy(Task.Rows some, LoadSchedule schedule) {
        TableContents table = some.table().table();
        work.meter().on(table.name().toString());
        Connection connection = session.connection();
        boolean frozen = some.table().whole() && !some.again();
        Mending.Rows copy = () -> rows.copy(connection, table, some.table().into(), some.extents(), frozen);
        try {
            if (some.again()) {
                work.mending().rows(connection, table.name().toString(), copy);
                schedule.mended();
            } else {
                copy.copy();
            }
        } catch (PgkeepException e) {
            stop.check();
            if (!Mending.mayMend(e) || some.again() && !schedule.mayWait(some)) {
                throw e;
            }
            work.meter()
                    .expect(some.extents().stream()
                            .mapToLong(work.meter()::size)
                            .sum());
            schedule.failed(some);
        }
    }

    private void make(List<Entry> entries, LoadSchedule schedule) {
        Attempt attempt = work.restore().attempt(work.skeleton(), List.of(), entries, work.meter()::stderr, stop);
        work.notes().addAll(attempt.notes());
        schedule.failed(attempt.failed());
    }

    private void read(TableContents table, int slice) {
        work.meter().on("comparing " + table.name());
        work.proof().read(session.reading(), table, slice);
    }

    /** Statistics are nice to have: autovacuum gathers them later. */
    private void analyze(TableName table) {
        work.meter().on("statistics of " + table);
        Connection connection = session.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + SessionEncoding.identifier(connection, table.schema()) + "."
                    + SessionEncoding.identifier(connection, table.name()));
        } catch (SQLException e) {
            stop.check();
            work.notes().add(Statistics.missing(table, e));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
