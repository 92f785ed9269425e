package dev.pgkeep.operation.diff;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SessionSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that turn the second state into the first, in one transaction. They are kept in temporary files until
 * it is known in which order they can run.
 */
public final class SqlScript implements ChangeConsumer, AutoCloseable {
    private static final String HEAD = """
            BEGIN;
            SET LOCAL client_encoding = 'UTF8';
            SET LOCAL statement_timeout = 0;
            SET LOCAL row_security = off;
            """;

    private final boolean asReplica;
    private final Optional<String> moneyLocale;
    private final Map<TableName, TableScript> tables = new LinkedHashMap<>();
    private List<TablePair> pairs = List.of();

    /**
     * @param asReplica whether triggers and the checks of foreign keys rest meanwhile, which only a superuser may have
     *     them do
     * @param moneyLocale {@code lc_monetary} under which both states print money; empty where nobody knows
     */
    public SqlScript(boolean asReplica, Optional<String> moneyLocale) {
        this.asReplica = asReplica;
        this.moneyLocale = moneyLocale;
    }

    @Override
    public void begin(List<TablePair> all) {
        pairs = List.copyOf(all);
    }

    @Override
    public RowChanges of(TablePair pair) {
        TableScript script = new TableScript(pair, asReplica);
        tables.put(pair.name(), script);
        return new RowChanges() {
            @Override
            public void removed(Row row) {
                script.insert(row);
            }

            @Override
            public void added(Row row) {
                script.delete(row);
            }

            @Override
            public void changed(Row before, Row after, BitSet columns) {
                script.change(before, after, columns);
            }
        };
    }

    /** Writes the script. */
    public void write(DiffResult result, OutputStream out) throws IOException {
        RowOrder order = RowOrder.of(pairs);
        comments(result, order, out);
        text(HEAD + SessionSettings.values(true, moneyLocale), out);
        text(
                asReplica ? "SET LOCAL session_replication_role = replica;\n\n" : "SET CONSTRAINTS ALL DEFERRED;\n\n",
                out);
        List<TableScript> parentsFirst = order.parentsFirst().stream()
                .filter(tables::containsKey)
                .map(tables::get)
                .toList();
        List<TableScript> childrenFirst = parentsFirst.reversed();
        // Nothing refers to a row that goes, unless a row that stays is made to refer elsewhere: that has to come
        // before.
        boolean rowsMove = !asReplica && parentsFirst.stream().anyMatch(TableScript::changesReferences);
        if (!rowsMove) {
            for (TableScript table : childrenFirst) {
                table.writeDeletes(out);
            }
            for (TableScript table : parentsFirst) {
                table.writeUpdates(out);
            }
        }
        for (TableScript table : parentsFirst) {
            table.writeInserts(out);
        }
        if (rowsMove) {
            for (TableScript table : parentsFirst) {
                table.writeUpdates(out);
            }
            for (TableScript table : childrenFirst) {
                table.writeDeletes(out);
            }
        }
        text("\nCOMMIT;\n", out);
    }

    private void comments(DiffResult result, RowOrder order, OutputStream out) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("Turns the rows of " + result.second() + " into those of " + result.first() + ".");
        lines.add("Run it with psql --no-psqlrc --set=ON_ERROR_STOP=1: all of it happens, or nothing.");
        lines.add(
                asReplica
                        ? "Triggers and foreign keys rest meanwhile; that takes a superuser."
                        : "Triggers fire. Where they must not, or foreign keys refer in circles: pgkeep diff --sql --replica");
        result.schema()
                .filter(each -> !each.isEmpty())
                .ifPresent(each -> lines.add("The schemas differ, which this does not mend: " + each.describe()));
        result.different().stream()
                .filter(each -> each.state() != TableDifference.State.BOTH)
                .forEach(each -> lines.add("Not in here, since only one side has it: " + each.table()));
        result.different().forEach(each -> each.notes().forEach(note -> lines.add(each.table() + ": " + note)));
        if (!asReplica && order.isCircular()) {
            lines.add("Tables refer to each other in a circle: this may need deferrable keys, or --replica");
        }
        for (String line : lines) {
            text("-- " + line.replace('\n', ' ').replace('\r', ' ') + "\n", out);
        }
    }

    static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        tables.values().forEach(TableScript::close);
    }
}
