package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.client.ScriptSession;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts rows into tables that are there, in one transaction: foreign keys are taken off, user triggers rest, tables are
 * emptied where that was asked for, rows and sequence values go in, triggers wake, and the foreign keys come back,
 * which checks every row. Any failure changes nothing. The commit is the last statement that is sent, so that a dump
 * that breaks off in the middle cannot be committed.
 */
final class DataOnlyDumpLoader {
    private final RestorePlan plan;
    private final DumpFile dump;
    private final DumpLoader load;
    private final DumpReader reader;
    private final Connector connector;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    DataOnlyDumpLoader(
            RestorePlan plan, DumpFile dump, DumpLoader load, Connector connector, Cancellation cancellation) {
        this.plan = plan;
        this.dump = dump;
        this.load = load;
        this.reader = new DumpReader(plan.tools(), cancellation);
        this.connector = connector;
        this.cancellation = cancellation;
    }

    Set<String> into(Target database, Connection connection) {
        SuspendedConstraints around = SuspendedConstraints.of(plan, connection);
        try (Connection session =
                        ScriptSession.open(connector, database, plan.source().moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session));
                ScriptSender sender = ScriptSender.to(
                        session,
                        dump.format().isArchive()
                                ? Optional.empty()
                                : Optional.of(plan.source().name()),
                        plan.server().versionNumber(),
                        cancellation)) {
            run(sender, around);
            return notes;
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    private void run(ScriptSender sender, SuspendedConstraints around) {
        try {
            sender.run("BEGIN");
            sender.run("SET LOCAL lock_timeout = '10s'");
            around.before().forEach(sender::run);
            List<String> options = dump.format().isArchive() ? List.of("--data-only") : List.of();
            reader.pass(dump, options, load.choice(ScriptChoice.Part.ROWS, around::owns), sender, sender, notes);
            sender.run("SET client_encoding = 'UTF8'");
            sender.run("SET standard_conforming_strings = on");
            around.after().forEach(sender::run);
        } catch (PgkeepException e) {
            throw e.during("nothing was changed");
        }
        sender.run("COMMIT");
    }
}
