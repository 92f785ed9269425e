package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Format;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.PgRestore;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.client.ScriptSession;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Loads a dump into a database that is ready for it: archives by pg_restore in parallel, scripts statement by
 * statement.
 */
final class DumpLoader {
    private final RestorePlan plan;
    private final DumpFile dump;
    private final Set<String> serverSettings;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    /** @param dump the plan's source, or what stands for it */
    DumpLoader(
            RestorePlan plan, DumpFile dump, Set<String> serverSettings, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.dump = dump;
        this.serverSettings = serverSettings;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Loads everything that the plan wants.
     *
     * @return known-harmless errors and what was left out, one line each
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails
     */
    Set<String> into(Connector connector, Target database) {
        if (dump.format() == Format.PLAIN) {
            script(connector, database);
        } else {
            archive(database);
        }
        return notes;
    }

    private void archive(Target database) {
        List<String> options = new ArrayList<>();
        if (plan.request().content() == Content.SCHEMA) {
            options.add("--schema-only");
        }
        if (plan.way() == RestoreMode.ADD && plan.request().clean()) {
            options.add("--clean");
            options.add("--if-exists");
        }
        if (dump.isReadableByPath() && dump.format() != Format.TAR) {
            options.add("--jobs=" + plan.request().effectiveJobs());
        }
        LoadMeter meter = new LoadMeter(plan, progress);
        PgRestore restore = new PgRestore(
                plan.tools(),
                database,
                plan.request().owners(),
                plan.request().grants(),
                plan.source().moneyLocale());
        if (plan.request().isPartial() || !plan.leftOut().isEmpty()) {
            notes.addAll(restore.run(dump, options, chosenEntries(), meter::stderr, cancellation));
        } else {
            notes.addAll(restore.run(dump, options, meter::stderr, cancellation));
        }
    }

    private void script(Connector connector, Target database) {
        ScriptChoice.Part part =
                plan.request().content() == Content.SCHEMA ? ScriptChoice.Part.SCHEMA : ScriptChoice.Part.ALL;
        try (Connection connection =
                        ScriptSession.open(connector, database, plan.source().moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                ScriptSender sender = ScriptSender.to(
                        connection,
                        Optional.of(plan.source().name()),
                        plan.server().versionNumber(),
                        cancellation)) {
            new DumpReader(plan.tools(), cancellation)
                    .pass(dump, List.of(), choice(part, sequence -> true), sender, sender, notes);
            sender.complete();
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    /**
     * The chosen part of a script.
     *
     * @param sequences sequences that belong to the chosen tables, where not everything is chosen
     */
    ScriptChoice choice(ScriptChoice.Part part, Predicate<TableName> sequences) {
        RestoreRequest request = plan.request();
        return new ScriptChoice(
                part,
                request.owners(),
                request.grants(),
                request::wants,
                sequence -> request.wants(sequence) || sequences.test(sequence),
                serverSettings,
                plan.server().superuser() && request.as().isEmpty());
    }

    private List<ArchiveListing.Entry> chosenEntries() {
        ChosenEntries chosen = ChosenEntries.of(
                plan, plan.contents().listing().orElseGet(() -> new DumpReader(plan.tools(), cancellation).list(dump)));
        notes.addAll(chosen.notes());
        return chosen.entries();
    }
}
