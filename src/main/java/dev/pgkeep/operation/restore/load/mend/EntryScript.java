package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.client.ScriptSession;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Runs one entry of an archive as statements, in a session and a transaction of its own. */
final class EntryScript {
    /**
     * How an entry is tried.
     *
     * @param path with the search path of the database instead of an empty one
     * @param tablespaces where the archive says, not in the default tablespace
     * @param valid checking all rows, where it adds a constraint
     */
    record Manner(boolean path, boolean tablespaces, boolean valid) {
        static final Manner PLAIN = new Manner(false, true, true);

        Manner withPath() {
            return new Manner(true, tablespaces, valid);
        }

        Manner withoutPath() {
            return new Manner(false, tablespaces, valid);
        }

        Manner withoutTablespaces() {
            return new Manner(path, false, valid);
        }

        Manner notValid() {
            return new Manner(path, tablespaces, false);
        }
    }

    private final MendTarget target;
    private final DumpFile dump;
    private final Cancellation cancellation;

    EntryScript(MendTarget target, DumpFile dump, Cancellation cancellation) {
        this.target = target;
        this.dump = dump;
        this.cancellation = cancellation;
    }

    /**
     * Runs it, all or nothing.
     *
     * @throws dev.pgkeep.base.error.PgkeepException RESTORE_FAILED with what the server said as its cause
     */
    void run(Entry entry, Manner manner) {
        try (Connection session = ScriptSession.open(target.connector(), target.database(), target.moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session));
                ScriptSender sender = ScriptSender.to(session, Optional.empty(), target.serverVersion(), cancellation);
                TemporaryFile list = TemporaryFile.named("entries")) {
            list.write(ArchiveListing.useList(List.of(entry)));
            sender.run("BEGIN");
            new DumpReader(target.tools(), cancellation)
                    .pass(
                            dump,
                            options(manner, list),
                            target.choice(),
                            new ChangedStatements(sender, target, manner, rows(entry)),
                            sender,
                            new HashSet<>());
            sender.run("COMMIT");
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    /** What one by one came before the failure is in already where rows are inserted. */
    private static Optional<TableName> rows(Entry entry) {
        return Optional.of(entry)
                .filter(each -> each.type().equals("TABLE DATA"))
                .map(Entry::named);
    }

    private List<String> options(Manner manner, TemporaryFile list) {
        List<String> options = new ArrayList<>(List.of("--use-list=" + list.path()));
        if (!target.choice().owners()) {
            options.add("--no-owner");
        }
        if (!target.choice().grants()) {
            options.add("--no-privileges");
        }
        if (!manner.tablespaces()) {
            options.add("--no-tablespaces");
        }
        return options;
    }
}
