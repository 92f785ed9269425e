package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.TemporaryFile;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.manifest.Manifest.Content;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.client.LenientScript;
import dev.pgkeep.operation.restore.client.RefusedStatement;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.client.ScriptSession;
import dev.pgkeep.operation.restore.load.chunked.RowTransfer;
import dev.pgkeep.operation.restore.plan.RestoreMode;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.operation.restore.proof.Comparison;
import dev.pgkeep.operation.restore.proof.RowComparison;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.operation.restore.source.DumpSource;
import dev.pgkeep.operation.restore.source.Skeleton;
import dev.pgkeep.postgres.admin.DropAllObjects;
import dev.pgkeep.postgres.admin.ExtensionDefaults;
import dev.pgkeep.postgres.connect.Connector;
import dev.pgkeep.postgres.connect.SessionTermination;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.postgres.dump.ArchiveListing;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Phase;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import dev.pgkeep.repository.contents.TableContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Replaces what is in a database, or tables of it, from inside: drops, makes, fills and counts in one transaction on
 * one connection, so that whatever fails leaves everything as it was. For roles that may not create databases, and
 * where an object can only be where it is. What belongs to others stays.
 *
 * <p>Slower than a load beside: rows go in by one COPY after the other, and whoever wants to read waits. Until the
 * commit the server needs room for both.
 */
final class InPlaceLoad {
    private final RestorePlan plan;
    private final Connector connector;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * The session in which everything happens.
     *
     * @param settings the names of all parameters that the server knows
     */
    private record Inside(Connection session, ScriptSender sender, Set<String> settings) {}

    InPlaceLoad(RestorePlan plan, Connector connector, Progress progress, Cancellation cancellation) {
        this.plan = plan;
        this.connector = connector;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Replaces the content.
     *
     * @param told receives what was left out or stays as it is, one line each
     * @return the rows as they were counted before the commit
     * @throws PgkeepException RESTORE_FAILED, LOCK_BUSY, PROOF_FAILED; nothing was changed then
     */
    Comparison into(Target database, Collection<String> told) {
        try (Connection session =
                        ScriptSession.open(connector, database, plan.source().moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session));
                ScriptSender sender =
                        ScriptSender.to(session, script(), plan.server().versionNumber(), cancellation)) {
            Inside inside = new Inside(session, sender, ServerSettings.names(session));
            if (plan.way() == RestoreMode.CLEAN) {
                new DropAllObjects(session).endSessions();
            }
            sender.run("BEGIN");
            Comparison comparison = replace(inside);
            commit(sender);
            told.addAll(notes);
            return comparison;
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    /**
     * Tries definitions without any rows and takes everything back.
     *
     * @param wanted those that are tried
     * @return what the server refuses
     */
    List<RefusedStatement> rehearse(Target database, Predicate<Entry> wanted) {
        try (Connection session =
                        ScriptSession.open(connector, database, plan.source().moneyLocale());
                var registration = cancellation.onCancel(() -> SessionTermination.abort(session));
                ScriptSender sender =
                        ScriptSender.to(session, script(), plan.server().versionNumber(), cancellation)) {
            Inside inside = new Inside(session, sender, ServerSettings.names(session));
            sender.run("BEGIN");
            // Whoever waits for us waits no longer; given up, nothing is lost.
            clear(session, "1s");
            LenientScript script = lenient(sender);
            define(inside, wanted, script);
            List<RefusedStatement> refused = script.finish();
            sender.run("ROLLBACK");
            return refused;
        } catch (SQLException e) {
            cancellation.check();
            throw SqlErrors.translate(e, "closing the session");
        }
    }

    private Optional<String> script() {
        return plan.contents().listing().isPresent()
                ? Optional.empty()
                : Optional.of(plan.source().name());
    }

    private Comparison replace(Inside inside) {
        try {
            clear(inside.session(), "10s");
            MissingSchemas.create(plan.source(), inside.session());
            progress.step("Loading " + plan.source().name());
            switch (plan.source()) {
                case DumpSource dump -> pass(inside, dump.dump(), entries(dump.dump()), true);
                case ChunkedSource chunked -> chunks(inside, chunked);
            }
            progress.step("Comparing rows with the backup");
            RowComparison rows = new RowComparison(inside.session(), progress, cancellation);
            Comparison comparison = plan.expectedRows().isEmpty() ? Comparison.NONE : rows.against(plan.expectedRows());
            comparison.orThrow("the database");
            Set<TableName> uncounted = plan.contents().uncounted();
            return uncounted.isEmpty() ? comparison : comparison.plus(rows.now(uncounted));
        } catch (PgkeepException e) {
            cancellation.check();
            throw RowTransfer.failure(e).during("nothing was changed");
        }
    }

    /** The line may break before the answer comes: then nobody knows. */
    private void commit(ScriptSender sender) {
        try {
            sender.run("COMMIT");
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.SERVER_LOST) {
                throw e.during("nothing was changed");
            }
            throw new PgkeepException(
                    e.code(),
                    "the line broke at the commit: " + plan.target().database()
                            + " is either as it was or as in the backup, complete in both cases",
                    "look which it is when the server is back",
                    e);
        }
    }

    private void clear(Connection session, String patience) {
        switch (plan.way()) {
            case CLEAN -> {
                progress.step("Dropping everything in " + plan.target().database());
                new DropAllObjects(session).inTransaction(patience);
            }
            // They may hold each other's tables, which are dropped and made anew.
            case ADD -> ForeignKeys.drop(session, plan.expectedRows().keySet());
            case CREATE, REPLACE, DELTA, FILL, ROWS -> {}
        }
    }

    private LenientScript lenient(ScriptSender sender) {
        return new LenientScript(sender, DatabasePath.of(plan));
    }

    private void chunks(Inside inside, ChunkedSource source) {
        try (Skeleton skeleton = source.skeletonFile(cancellation)) {
            DumpFile dump = skeleton.dump();
            List<TableContents> tables = plan.contents().chunks().orElseThrow().tables();
            List<Entry> entries = entries(dump).orElseThrow();
            if (entries.stream().anyMatch(entry -> entry.phase().isEmpty())) {
                throw new PgkeepException(
                        ErrorCode.SERVER_UNSUPPORTED,
                        "this backup can only be loaded beside: a newer pg_dump made its schema",
                        "use a newer pgkeep, or a role that may create databases");
            }
            pass(inside, dump, Optional.of(ArchiveListing.in(Phase.BEFORE, entries)), true);
            if (plan.request().content() != Content.SCHEMA) {
                List<Entry> rows = rows(entries, tables);
                // What an extension has just brought of the rows that the backup holds itself would come twice.
                ExtensionDefaults.removeInTransaction(
                        inside.session(),
                        rows.stream()
                                .filter(entry -> entry.type().equals("TABLE DATA"))
                                .map(Entry::named)
                                .toList());
                notes.addAll(new InPlaceRows(source, DatabasePath.of(plan), progress, cancellation)
                        .copy(inside.session(), inside.sender(), tables));
                pass(inside, dump, Optional.of(rows), false);
            }
            pass(inside, dump, Optional.of(ArchiveListing.in(Phase.AFTER, entries)), false);
            pass(inside, dump, Optional.of(ArchiveListing.in(Phase.LAST, entries)), false);
        }
    }

    /** What the archive itself holds of rows: those of extensions' tables, large objects, values of sequences. */
    private static List<Entry> rows(List<Entry> entries, List<TableContents> tables) {
        Set<TableName> copied = tables.stream().map(TableContents::name).collect(Collectors.toSet());
        return ArchiveListing.in(Phase.ROWS, entries).stream()
                .filter(entry -> !entry.type().equals("TABLE DATA") || !copied.contains(entry.named()))
                .toList();
    }

    private void define(Inside inside, Predicate<Entry> wanted, LenientScript script) {
        switch (plan.source()) {
            case DumpSource dump -> define(inside, dump.dump(), wanted, script);
            case ChunkedSource chunked -> {
                try (Skeleton skeleton = chunked.skeletonFile(cancellation)) {
                    define(inside, skeleton.dump(), wanted, script);
                }
            }
        }
    }

    private void define(Inside inside, DumpFile dump, Predicate<Entry> wanted, LenientScript script) {
        Optional<List<Entry>> definitions = entries(dump)
                .map(entries -> entries.stream()
                        .filter(entry -> !isContent(entry) && wanted.test(entry))
                        .toList());
        choose(inside, dump, definitions, true, script, ScriptChoice.Part.SCHEMA);
    }

    /** Whether an entry is content, or about large objects, which are. */
    private static boolean isContent(Entry entry) {
        return entry.type().endsWith(" DATA")
                || entry.type().startsWith("BLOB")
                || entry.name().startsWith("LARGE OBJECT");
    }

    private ScriptChoice.Part part() {
        return plan.request().content() == Content.SCHEMA ? ScriptChoice.Part.SCHEMA : ScriptChoice.Part.ALL;
    }

    /** The entries that were asked for; empty for a script. */
    private Optional<List<Entry>> entries(DumpFile dump) {
        if (!dump.format().isArchive()) {
            return Optional.empty();
        }
        ArchiveListing listing =
                plan.contents().listing().orElseGet(() -> new DumpReader(plan.tools(), cancellation).list(dump));
        ChosenEntries chosen = ChosenEntries.of(plan, listing);
        notes.addAll(chosen.notes());
        return Optional.of(chosen.entries());
    }

    /** @param first whether what is there is dropped before, where tables are replaced */
    private void pass(Inside inside, DumpFile dump, Optional<List<Entry>> entries, boolean first) {
        if (entries.isPresent() && entries.get().isEmpty()) {
            return;
        }
        LenientScript script = lenient(inside.sender());
        choose(inside, dump, entries, first, script, part());
        script.finish().forEach(refused -> notes.add(judged(refused)));
        notes.addAll(script.notes());
    }

    private static String judged(RefusedStatement refused) {
        if (refused.isKept()) {
            return "is there already, belongs to somebody else and stays: " + refused.describe();
        }
        if (refused.isLeftOut()) {
            return "left out: " + refused.describe();
        }
        throw refused.failure();
    }

    private void choose(
            Inside inside,
            DumpFile dump,
            Optional<List<Entry>> entries,
            boolean first,
            LenientScript script,
            ScriptChoice.Part part) {
        ScriptChoice choice = new DumpLoader(plan, dump, inside.settings(), Progress.SILENT, cancellation)
                .choice(part, sequence -> true);
        DumpReader reader = new DumpReader(plan.tools(), cancellation);
        if (entries.isEmpty()) {
            reader.pass(dump, List.of(), choice, script, script, notes);
            return;
        }
        // With the numbers of the entries in the comments.
        List<String> options = new ArrayList<>(List.of("--verbose"));
        if (first && plan.way() == RestoreMode.ADD) {
            options.addAll(List.of("--clean", "--if-exists"));
        }
        try (TemporaryFile list = TemporaryFile.named("entries")) {
            list.write(ArchiveListing.useList(entries.get()));
            options.add("--use-list=" + list.path());
            reader.pass(dump, options, choice, script, script, notes);
        }
    }
}
