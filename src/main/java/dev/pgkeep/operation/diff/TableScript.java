package dev.pgkeep.operation.diff;

import dev.pgkeep.postgres.catalog.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements for the rows of one table. */
final class TableScript implements AutoCloseable {
    private static final int BATCH = 500;
    private static final int BUFFER = 1 << 13;

    private final TablePair pair;
    private final boolean asReplica;
    private final boolean whole;
    private final String table;
    private final String from;
    private final BitSet references = new BitSet();
    private final BitSet unchangeable = new BitSet();
    private final SpillFile inserts = new SpillFile();
    private final SpillFile updates = new SpillFile();
    private final SpillFile deletes = new SpillFile();
    private long inserted;
    private long deleted;
    private boolean changesReferences;

    TableScript(TablePair pair, boolean asReplica) {
        this.pair = pair;
        this.asReplica = asReplica;
        this.table = Sql.identifier(pair.name().schema(), pair.name().name());
        this.from = (pair.partitioned() ? "" : "ONLY ") + table;
        // Rows that refer to rows of their own table come and go in one statement: at its end keys are checked.
        this.whole = pair.shape().refersTo(pair.name());
        pair.shape().references().stream()
                .flatMap(each -> each.columns().stream())
                .mapToInt(pair.columns()::indexOf)
                .filter(each -> each >= 0)
                .forEach(references::set);
        pair.shape().alwaysIdentity().stream()
                .mapToInt(pair.columns()::indexOf)
                .filter(each -> each >= 0)
                .forEach(unchangeable::set);
    }

    /** Whether a row gets to refer to another one. */
    boolean changesReferences() {
        return changesReferences;
    }

    void insert(Row row) {
        if (pair.columns().isEmpty()) {
            print(inserts, "INSERT INTO " + table + " DEFAULT VALUES;\n");
            return;
        }
        boolean first = inserted++ % BATCH == 0 && !whole || inserted == 1;
        if (first) {
            print(inserts, inserted == 1 ? "" : ";\n");
            print(inserts, "INSERT INTO " + table + " (" + names(all()) + ") OVERRIDING SYSTEM VALUE VALUES");
        }
        print(inserts, first ? "\n  (" : ",\n  (");
        values(inserts, row, all());
        print(inserts, ")");
    }

    void delete(Row row) {
        if (pair.key().isEmpty()) {
            deleteOne(row);
            return;
        }
        boolean single = pair.key().size() == 1;
        boolean first = deleted++ % BATCH == 0 && !whole || deleted == 1;
        if (first) {
            print(deletes, deleted == 1 ? "" : ");\n");
            String names = names(pair.key());
            print(deletes, "DELETE FROM " + from + " WHERE " + (single ? names : "(" + names + ")") + " IN (");
        }
        print(deletes, (first ? "\n  " : ",\n  ") + (single ? "" : "("));
        values(deletes, row, pair.key());
        print(deletes, single ? "" : ")");
    }

    /** Deletes one of several rows that are the same. */
    private void deleteOne(Row row) {
        print(deletes, "DELETE FROM " + from + " WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM " + from);
        String before = " WHERE ";
        for (int column : all()) {
            String name = Sql.identifier(pair.columns().get(column));
            print(deletes, before + "pg_catalog.num_nulls(" + name + ") = " + (row.isNull(column) ? 1 : 0));
            if (!row.isNull(column)) {
                print(deletes, " AND pg_catalog.concat(" + name + ") = ");
                literal(deletes, row, column);
            }
            before = " AND ";
        }
        print(deletes, " LIMIT 1);\n");
    }

    void change(Row before, Row after, BitSet columns) {
        boolean replaced = asReplica && pair.onlyOf(pair.second()).isEmpty() || columns.intersects(unchangeable);
        changesReferences |= columns.intersects(references);
        if (replaced) {
            delete(after);
            insert(before);
            return;
        }
        print(updates, "UPDATE " + from + " SET ");
        String comma = "";
        for (int column : columns.stream().toArray()) {
            print(updates, comma + Sql.identifier(pair.columns().get(column)) + " = ");
            literal(updates, before, column);
            comma = ", ";
        }
        String and = " WHERE ";
        for (int column : pair.key()) {
            print(updates, and + Sql.identifier(pair.columns().get(column)) + " = ");
            literal(updates, after, column);
            and = " AND ";
        }
        print(updates, ";\n");
    }

    void writeInserts(OutputStream out) throws IOException {
        copy(inserts, inserted > 0 ? ";\n" : "", out);
    }

    void writeUpdates(OutputStream out) throws IOException {
        copy(updates, "", out);
    }

    void writeDeletes(OutputStream out) throws IOException {
        copy(deletes, deleted > 0 ? ");\n" : "", out);
    }

    @Override
    public void close() {
        inserts.close();
        updates.close();
        deletes.close();
    }

    private static void copy(SpillFile file, String end, OutputStream out) throws IOException {
        try (InputStream in = file.stream(0, file.size())) {
            in.transferTo(out);
        }
        SqlScript.text(end, out);
    }

    private List<Integer> all() {
        return IntStream.range(0, pair.columns().size()).boxed().toList();
    }

    private String names(List<Integer> which) {
        return which.stream()
                .map(each -> Sql.identifier(pair.columns().get(each)))
                .collect(Collectors.joining(", "));
    }

    private static void values(SpillFile into, Row row, List<Integer> which) {
        List<Integer> columns = new ArrayList<>(which);
        for (int i = 0; i < columns.size(); i++) {
            print(into, i == 0 ? "" : ", ");
            literal(into, row, columns.get(i));
        }
    }

    private static void literal(SpillFile into, Row row, int column) {
        if (row.isNull(column)) {
            print(into, "NULL");
            return;
        }
        byte[] buffer = new byte[BUFFER];
        byte[] quoted = new byte[2 * BUFFER];
        print(into, "'");
        try (InputStream in = row.stream(column)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                int at = 0;
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\'') {
                        quoted[at++] = '\'';
                    }
                    quoted[at++] = buffer[i];
                }
                into.append(quoted, 0, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        print(into, "'");
    }

    private static void print(SpillFile into, String text) {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        into.append(bytes, 0, bytes.length);
    }
}
