package dev.pgkeep.operation.restore.load.chunked;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.restore.client.EntryStatements;
import dev.pgkeep.operation.restore.client.PgRestore.Attempt;
import dev.pgkeep.operation.restore.client.TablespaceRuns;
import dev.pgkeep.operation.restore.load.mend.Mending;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes what stands behind the rows: in the worker's own session what are statements and nothing else, by pg_restore
 * what is more. One for each worker.
 */
final class EntryMaker {
    private final LoadContext work;
    private final LoadSession session;
    private final Cancellation stop;

    EntryMaker(LoadContext work, LoadSession session, Cancellation stop) {
        this.work = work;
        this.session = session;
        this.stop = stop;
    }

    /**
     * Makes entries in their order.
     *
     * @return the numbers of those that failed and that a second try may mend
     * @throws PgkeepException at the first one that fails for good
     */
    Set<Integer> make(List<Entry> entries) {
        Set<Integer> failed = new HashSet<>();
        if (work.statements().isEmpty()) {
            byProgram(entries, failed);
            return failed;
        }
        EntryStatements statements = work.statements().get();
        Connection connection = session.connection();
        List<Entry> left = new ArrayList<>();
        for (TablespaceRuns.Run run : work.restore().runs(entries)) {
            for (Entry entry : run.entries()) {
                if (statements.canMake(connection, entry)) {
                    byProgram(left, failed);
                    left.clear();
                    make(statements, connection, entry, run.elsewhere()).ifPresent(failed::add);
                } else {
                    left.add(entry);
                }
            }
            byProgram(left, failed);
            left.clear();
            work.notes().addAll(run.notes());
        }
        return failed;
    }

    private Optional<Integer> make(EntryStatements statements, Connection connection, Entry entry, boolean elsewhere) {
        work.meter().on(entry.type().toLowerCase(Locale.ROOT) + " " + entry.name());
        try {
            statements.make(connection, entry, elsewhere, stop);
            return Optional.empty();
        } catch (PgkeepException e) {
            if (!Mending.mayMend(e)) {
                throw e;
            }
            return Optional.of(entry.id());
        }
    }

    private void byProgram(List<Entry> entries, Set<Integer> failed) {
        if (!entries.isEmpty()) {
            Attempt attempt = work.restore().attempt(work.skeleton(), List.of(), entries, work.meter()::stderr, stop);
            work.notes().addAll(attempt.notes());
            failed.addAll(attempt.failed());
        }
    }
}
