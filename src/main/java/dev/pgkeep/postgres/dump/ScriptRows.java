package dev.pgkeep.postgres.dump;

import dev.pgkeep.format.manifest.TableName;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Counts the rows that a script puts into each table, as far as its text tells. */
final class ScriptRows {
    /** The statements after which nobody can tell from the text how many rows are where. */
    private static final Pattern DISTURBS = Pattern.compile(
            "(DELETE|UPDATE(?!\\s+pg_catalog\\.)|TRUNCATE|MERGE|WITH|DO|CALL|ROLLBACK|ABORT|EXECUTE"
                    + "|CREATE\\s+(?:GLOBAL\\s+|LOCAL\\s+)?TEMP(?:ORARY)?|ALTER\\s+TABLE\\s.*?\\s(?:RENAME|SET\\s+SCHEMA)"
                    + "|SELECT\\s+(?!pg_catalog\\.|\\*\\s+FROM\\s+pg_catalog\\.|setval\\b|set_config\\b))\\b.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Pattern DROPS =
            Pattern.compile("DROP\\s+(TABLE|SCHEMA|OWNED)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    /** The statements that may have something else done instead of an INSERT. */
    private static final Pattern INTERFERES = Pattern.compile(
            "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:CONSTRAINT\\s+)?(TRIGGER|RULE)\\b.*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    /** The statements that make something, or may. */
    private static final Pattern MAKES =
            Pattern.compile("(CREATE|DO|CALL|IMPORT|EXECUTE)\\b.*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private final TreeMap<TableName, Long> copied = new TreeMap<>();
    private final TreeMap<TableName, Long> inserted = new TreeMap<>();
    private final TreeSet<TableName> uncounted = new TreeSet<>();
    private final TreeSet<TableName> created = new TreeSet<>();
    private boolean makesNothing = true;
    private boolean interferes;
    private boolean disturbed;
    private final OpenTransaction transaction = new OpenTransaction();
    private boolean inserts;

    /** @param rowPerLine whether there are as many rows as lines; a trigger may make of them what it wants, too */
    void copy(TableName table, long lines, boolean rowPerLine) {
        if (rowPerLine && !interferes) {
            copied.merge(table, lines, Long::sum);
        } else {
            uncounted.add(table);
        }
    }

    void created(Optional<TableName> table) {
        table.ifPresent(created::add);
    }

    /** The tables that the script creates, temporary ones left out. */
    SortedSet<TableName> created() {
        return created;
    }

    /** Whether nothing can come of the script but rows. */
    boolean makesNothing() {
        return makesNothing;
    }

    /**
     * Takes any other statement.
     *
     * @param table into which it inserts, where it does
     * @param rows how many it inserts, where its text tells
     */
    void statement(String head, Optional<TableName> table, OptionalLong rows) {
        if (table.isPresent()) {
            inserts = true;
            if (rows.isPresent() && !interferes) {
                inserted.merge(table.get(), rows.getAsLong(), Long::sum);
            } else {
                uncounted.add(table.get());
            }
            return;
        }
        boolean filled = !copied.isEmpty() || !inserted.isEmpty();
        disturbed |= DISTURBS.matcher(head).matches()
                || filled && DROPS.matcher(head).matches();
        makesNothing &= !MAKES.matcher(head).matches();
        interferes |= INTERFERES.matcher(head).matches();
        transaction.statement(head);
    }

    /** Whether what came last stands in a transaction that nothing ends: the server would throw it away. */
    boolean endsInTransaction() {
        return transaction.isOpen();
    }

    boolean inserts() {
        return inserts;
    }

    SortedMap<TableName, Long> copied() {
        return copied;
    }

    /** Rows of COPY and INSERT together, of tables whose number of rows can be told. */
    SortedMap<TableName, Long> all() {
        TreeMap<TableName, Long> all = new TreeMap<>();
        if (!disturbed && !transaction.isOpen()) {
            copied.forEach((table, rows) -> all.merge(table, rows, Long::sum));
            inserted.forEach((table, rows) -> all.merge(table, rows, Long::sum));
            all.keySet().removeAll(uncounted);
        }
        return all;
    }

    /** Tables that get rows, nobody can tell how many. */
    SortedSet<TableName> uncounted() {
        TreeSet<TableName> others = new TreeSet<>(uncounted);
        others.addAll(copied.keySet());
        others.addAll(inserted.keySet());
        others.removeAll(all().keySet());
        return others;
    }
}
