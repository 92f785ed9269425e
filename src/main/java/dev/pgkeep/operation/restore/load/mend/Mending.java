package dev.pgkeep.operation.restore.load.mend;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.operation.restore.client.ScriptSender;
import dev.pgkeep.operation.restore.load.mend.EntryScript.Manner;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.DumpFile;
import dev.pgkeep.postgres.dump.DumpReader;
import dev.pgkeep.postgres.dump.ScriptChoice;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Second tries of one load. Thread-safe as far as rows go; entries are tried again by one thread. */
public final class Mending {
    /** Rows of a table. */
    @FunctionalInterface
    public interface Rows {
        /** @throws PgkeepException with what the server said as its cause; then none of them went in */
        void copy();
    }

    private static final Set<String> KEYS = Set.of("INDEX", "CONSTRAINT");
    private static final Set<String> CONSTRAINTS = Set.of("FK CONSTRAINT", "CHECK CONSTRAINT");

    private final MendTarget target;
    private final Collection<String> notes;
    private final Cancellation cancellation;
    private final RestingConstraints resting;
    private final Set<Integer> leftOut = new HashSet<>();

    /** @param notes receives what was done differently, one line each; by several threads */
    public Mending(MendTarget target, Collection<String> notes, Cancellation cancellation) {
        this.target = target;
        this.notes = notes;
        this.cancellation = cancellation;
        this.resting = new RestingConstraints(target);
    }

    /** Whether a second try may mend a failure. */
    public static boolean mayMend(PgkeepException failure) {
        return ServerFailure.of(failure).filter(ServerFailure::mayBeMended).isPresent();
    }

    /**
     * Tries entries of an archive once more, one after the other.
     *
     * @param entries in the order of the archive
     * @param failed numbers of those that failed
     * @throws PgkeepException RESTORE_FAILED at the first one that fails for good
     */
    public void entries(DumpFile dump, Collection<Entry> entries, Set<Integer> failed) {
        EntryScript script = new EntryScript(target, dump, cancellation);
        List<Entry> left =
                entries.stream().filter(entry -> failed.contains(entry.id())).toList();
        while (!left.isEmpty()) {
            List<Entry> still = new ArrayList<>();
            List<PgkeepException> failures = new ArrayList<>(1);
            for (Entry entry : left) {
                cancellation.check();
                again(script, entry).ifPresent(failure -> {
                    still.add(entry);
                    if (failures.isEmpty()) {
                        failures.add(failure);
                    }
                });
            }
            if (still.size() == left.size()) {
                throw failures.getFirst();
            }
            // One may have waited for another.
            left = still;
        }
    }

    /** Returns the failure that is left. */
    private Optional<PgkeepException> again(EntryScript script, Entry entry) {
        Manner manner = Manner.PLAIN;
        Optional<ServerFailure> broken = Optional.empty();
        while (true) {
            try {
                script.run(entry, manner);
                said(entry, manner, broken);
                return Optional.empty();
            } catch (PgkeepException e) {
                ServerFailure failure = ServerFailure.of(e).orElseThrow(() -> e);
                Optional<Manner> next = next(entry, manner, failure);
                if (next.isEmpty() && isLeftOut(entry, manner, broken.orElse(failure))) {
                    leave(entry, broken.orElse(failure));
                    return Optional.empty();
                }
                if (next.isEmpty()) {
                    if (!failure.mayBeMended()) {
                        throw e;
                    }
                    return Optional.of(e);
                }
                broken = broken.or(() -> Optional.of(failure).filter(ServerFailure::breaksWhatNeedNotBeValid));
                manner = next.get();
            }
        }
    }

    private Optional<Manner> next(Entry entry, Manner manner, ServerFailure failure) {
        if (failure.isOfTablespace() && manner.tablespaces()) {
            return Optional.of(manner.withoutTablespaces());
        }
        if (failure.mayBeOfPath() && !manner.path()) {
            return Optional.of(manner.withPath());
        }
        if (CONSTRAINTS.contains(entry.type()) && failure.breaksWhatNeedNotBeValid() && manner.valid()) {
            return Optional.of(manner.notValid());
        }
        boolean rows = entry.type().equals("TABLE DATA");
        return rows && resting.rest(failure) ? Optional.of(manner.withoutPath()) : Optional.empty();
    }

    private void said(Entry entry, Manner manner, Optional<ServerFailure> broken) {
        if (!manner.valid()) {
            String table = entry.table().map(Object::toString).orElse(entry.schema());
            String name = nameOf(entry);
            notes.add((entry.type().equals("FK CONSTRAINT") ? "the foreign key " : "the check ") + name + " of " + table
                    + " is NOT VALID now, so it holds for new rows only: rows of the backup break it ("
                    + broken.map(ServerFailure::text).orElse("") + "); correct them, then: ALTER TABLE " + table
                    + " VALIDATE CONSTRAINT " + name);
        } else if (manner.path()) {
            notes.add(foundThroughPath(what(entry)));
        }
        if (!manner.tablespaces()) {
            notes.add("the tablespace of " + what(entry) + " cannot be used here: it lies in the default one");
        }
    }

    private boolean isLeftOut(Entry entry, Manner manner, ServerFailure failure) {
        return KEYS.contains(entry.type()) && failure.breaksKey()
                || CONSTRAINTS.contains(entry.type()) && !manner.valid()
                || entry.type().equals("FK CONSTRAINT") && failure.missesKey() && !leftOut.isEmpty()
                || entry.dependsOn().stream().anyMatch(leftOut::contains);
    }

    private void leave(Entry entry, ServerFailure failure) {
        leftOut.add(entry.id());
        if (!entry.type().equals("COMMENT")) {
            notes.add("left out: " + what(entry) + ", because "
                    + (failure.breaksKey() || failure.breaksWhatNeedNotBeValid()
                            ? "rows of the backup break it (" + failure.text() + "); correct them, then make it as the"
                                    + " backup has it"
                            : "it needs what was left out (" + failure.text() + "); make that first, then this"));
        }
    }

    /**
     * Tries rows once more.
     *
     * @param session that copies them, with a search path of ours
     * @param what what they are, for people
     */
    public void rows(Connection session, String what, Rows rows) {
        boolean path = false;
        while (true) {
            try {
                if (path) {
                    withPath(session, rows);
                    notes.add(foundThroughPath("the rows of " + what));
                } else {
                    rows.copy();
                }
                return;
            } catch (PgkeepException e) {
                ServerFailure failure =
                        ServerFailure.of(e).filter(ServerFailure::mayBeMended).orElseThrow(() -> e);
                if (!path && failure.mayBeOfPath()) {
                    path = true;
                } else if (resting.rest(failure)) {
                    path = false;
                } else {
                    throw e;
                }
            }
        }
    }

    private void withPath(Connection session, Rows rows) {
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            String before;
            try (var row = statement.executeQuery("SELECT pg_catalog.current_setting('search_path')")) {
                row.next();
                before = row.getString(1);
            }
            statement.execute(target.path(false));
            try {
                rows.copy();
            } finally {
                if (!session.isClosed()) {
                    statement.execute(
                            "SELECT pg_catalog.set_config('search_path', " + Sql.literal(before) + ", false)");
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "setting the search path");
        }
    }

    /**
     * Who sends a script and goes on where a second try mends what failed.
     *
     * @param dump the script, which is read again for rows that were refused
     * @param choice what of it is wanted
     */
    public MendedScript script(ScriptSender sender, DumpFile dump, ScriptChoice choice) {
        ScriptReplay replay = new ScriptReplay(
                target,
                sender,
                resting,
                notes,
                (visitor, settings) -> new DumpReader(target.tools(), cancellation)
                        .pass(dump, List.of(), choice, visitor, settings, new HashSet<>()));
        return new MendedScript(sender, new StatementMend(target, sender, notes), replay, this::rowsAreIn);
    }

    private String foundThroughPath(String what) {
        return throughPath(target, what);
    }

    /** What is said of what went in with a search path. */
    static String throughPath(MendTarget target, String what) {
        return what + " went in with " + target.describePath()
                + ": functions in use there find others through it; a search path of their own (ALTER FUNCTION … SET"
                + " search_path) makes them independent of it";
    }

    /** Puts back what was taken off for rows, when all rows are in. */
    public void rowsAreIn() {
        resting.putBack(notes);
    }

    private static String what(Entry entry) {
        String name = (entry.schema().isEmpty() ? "" : entry.schema() + ".") + entry.name();
        String type = switch (entry.type()) {
            case "FK CONSTRAINT" -> "the foreign key ";
            case "TABLE DATA" -> "the rows of ";
            case "MATERIALIZED VIEW DATA" -> "the rows of the materialized view ";
            case "CHECK CONSTRAINT" -> "the check ";
            default -> "the " + entry.type().toLowerCase(Locale.ROOT) + " ";
        };
        return entry.table().map(table -> type + nameOf(entry) + " of " + table).orElse(type + name);
    }

    /** Parts of tables are named by the table and themselves. */
    private static String nameOf(Entry entry) {
        return entry.table()
                .map(table -> table.name() + " ")
                .filter(entry.name()::startsWith)
                .map(prefix -> entry.name().substring(prefix.length()))
                .orElse(entry.name());
    }
}
