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
import dev.pgkeep.operation.restore.load.mend.MendTarget;
import dev.pgkeep.operation.restore.load.mend.MendedScript;
import dev.pgkeep.operation.restore.load.mend.Mending;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.plan.RestoreRequest;
import dev.pgkeep.postgres.admin.ExtensionDefaults;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Phase;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Loads a dump into a database that is ready for it: archives by pg_restore in parallel, scripts statement by
 * statement.
 */
final class DumpLoader {
    private static final List<String> CLEAN = List.of("--clean", "--if-exists");

    private final RestorePlan plan;
    private final DumpFile dump;
    private final Set<String> serverSettings;
    private final Cancellation cancellation;
    private final LoadMeter meter;
    private final Set<String> notes = new LinkedHashSet<>();

    /** @param dump the plan's source, or what stands for it */
    DumpLoader(
            RestorePlan plan, DumpFile dump, Set<String> serverSettings, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.dump = dump;
        this.serverSettings = serverSettings;
        this.cancellation = cancellation;
        this.meter = new LoadMeter(plan, progress);
    }

    /**
     * Loads everything that the plan wants.
     *
     * @param inside a connection to the same database
     * @return known-harmless errors, what was left out and what was done differently, one line each
     * @throws PgkeepException RESTORE_FAILED at the first statement that fails for good
     */
    Set<String> into(MendTarget target, Connection inside) {
        if (dump.format() == Format.PLAIN) {
            script(target);
        } else {
            archive(target, inside);
        }
        return notes;
    }

    /** Each phase is mended before the next one, which stands on it. */
    private void archive(MendTarget target, Connection inside) {
        boolean clean = plan.way() == RestoreMode.ADD && plan.request().clean();
        boolean rows = plan.request().content() != Content.SCHEMA;
        List<Entry> entries = chosenEntries();
        Mending mending = new Mending(target, notes, cancellation);
        List<String> part = rows ? List.of() : List.of("--schema-only");
        if (entries.stream().anyMatch(entry -> entry.phase().isEmpty())) {
            // Only its own pg_restore knows what belongs where.
            make(target, mending, clean ? with(part, CLEAN) : part, entries);
            mending.rowsAreIn();
            return;
        }
        if (clean) {
            // They may hold each other's tables, which are dropped and made anew.
            ForeignKeys.drop(inside, plan.expectedRows().keySet());
        }
        make(target, mending, clean ? with(part, CLEAN) : part, ArchiveListing.in(Phase.BEFORE, entries));
        if (rows) {
            // What an extension has just brought of the rows that the archive holds itself would come twice.
            ExtensionDefaults.remove(
                    inside,
                    ArchiveListing.in(Phase.ROWS, entries).stream()
                            .filter(entry -> entry.type().equals("TABLE DATA"))
                            .map(Entry::named)
                            .toList());
            make(target, mending, part, ArchiveListing.in(Phase.ROWS, entries));
            mending.rowsAreIn();
        }
        make(target, mending, part, ArchiveListing.in(Phase.AFTER, entries));
        make(target, mending, part, ArchiveListing.in(Phase.LAST, entries));
    }

    private void make(MendTarget target, Mending mending, List<String> options, List<Entry> entries) {
        PgRestore restore = new PgRestore(
                        plan.tools(),
                        target.database(),
                        plan.request().owners(),
                        plan.request().grants(),
                        plan.source().moneyLocale())
                .withTablespaces(target.tablespaces());
        boolean before = entries.stream()
                .allMatch(entry -> entry.phase().filter(Phase.BEFORE::equals).isPresent());
        boolean parallel = !before && dump.isReadableByPath() && dump.format() != Format.TAR;
        List<String> all =
                parallel ? with(options, List.of("--jobs=" + plan.request().effectiveJobs())) : options;
        PgRestore.Attempt attempt = restore.attempt(dump, all, entries, meter::stderr, cancellation);
        notes.addAll(attempt.notes());
        mending.entries(dump, entries, attempt.failed());
    }

    private static List<String> with(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private void script(MendTarget target) {
        ScriptChoice.Part part =
                plan.request().content() == Content.SCHEMA ? ScriptChoice.Part.SCHEMA : ScriptChoice.Part.ALL;
        try (Connection connection = ScriptSession.open(target.connector(), target.database(), target.moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(connection));
                ScriptSender sender = ScriptSender.to(
                        connection,
                        Optional.of(plan.source().name()),
                        plan.server().versionNumber(),
                        cancellation)) {
            ScriptChoice chosen = choice(part, sequence -> true);
            MendedScript mended = new Mending(target, notes, cancellation).script(sender, dump, chosen);
            new DumpReader(plan.tools(), cancellation).pass(dump, List.of(), chosen, mended, sender, notes);
            mended.complete();
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

    private List<Entry> chosenEntries() {
        ChosenEntries chosen = ChosenEntries.of(
                plan, plan.contents().listing().orElseGet(() -> new DumpReader(plan.tools(), cancellation).list(dump)));
        notes.addAll(chosen.notes());
        return chosen.entries();
    }
}
