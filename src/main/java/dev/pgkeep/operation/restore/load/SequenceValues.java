package dev.pgkeep.operation.restore.load;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.source.ChunkedSource;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.dump.ArchiveListing.Definition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of a backup's sequences, set so that they are taken back with the transaction. */
final class SequenceValues {
    private static final String SET = "SEQUENCE SET";
    private static final Pattern VALUE = Pattern.compile(", (-?\\d+), (true|false)\\);\\s*$");
    private static final int ASKED_AT_ONCE = 200;

    private final Map<TableName, Value> stored = new TreeMap<>();

    private record Value(long last, boolean called) {}

    private SequenceValues() {}

    /** @throws PgkeepException SERVER_UNSUPPORTED when the backup says them in other words than are known */
    static SequenceValues of(ChunkedSource source) {
        SequenceValues values = new SequenceValues();
        source.definitions().orElse(List.of()).stream()
                .filter(each -> each.type().equals(SET))
                .forEach(each -> values.stored.put(each.name(), value(each)));
        return values;
    }

    private static Value value(Definition definition) {
        Matcher value = VALUE.matcher(definition.sql());
        if (!value.find()) {
            throw new PgkeepException(
                    ErrorCode.SERVER_UNSUPPORTED,
                    "the value of the sequence " + definition.name() + " is set in words that are not known: "
                            + definition.sql().strip(),
                    "replace everything: --no-delta");
        }
        return new Value(Long.parseLong(value.group(1)), Boolean.parseBoolean(value.group(2)));
    }

    /**
     * Sets those that have other values now, in the caller's transaction. Alone, {@code setval} would hold whatever
     * becomes of the transaction: a sequence that began anew in it is a new file until then.
     */
    void set(Connection session) throws SQLException {
        Map<TableName, Value> others = others(session);
        try (Statement statement = session.createStatement()) {
            for (var each : others.entrySet()) {
                String name =
                        Sql.identifier(each.getKey().schema(), each.getKey().name());
                Value value = each.getValue();
                statement.execute("ALTER SEQUENCE " + name + " RESTART");
                statement.execute("SELECT pg_catalog.setval(" + Sql.literal(name) + "::pg_catalog.regclass, "
                        + value.last() + ", " + value.called() + ")");
            }
        }
    }

    private Map<TableName, Value> others(Connection session) throws SQLException {
        List<Map.Entry<TableName, Value>> all = List.copyOf(stored.entrySet());
        Map<TableName, Value> others = new TreeMap<>();
        try (Statement statement = session.createStatement()) {
            for (int from = 0; from < all.size(); from += ASKED_AT_ONCE) {
                List<String> queries = new ArrayList<>();
                for (int i = from; i < Math.min(all.size(), from + ASKED_AT_ONCE); i++) {
                    TableName sequence = all.get(i).getKey();
                    queries.add("SELECT " + i + ", last_value, is_called FROM "
                            + Sql.identifier(sequence.schema(), sequence.name()));
                }
                try (ResultSet row = statement.executeQuery(String.join(" UNION ALL ", queries))) {
                    while (row.next()) {
                        var sequence = all.get(row.getInt(1));
                        if (!sequence.getValue().equals(new Value(row.getLong(2), row.getBoolean(3)))) {
                            others.put(sequence.getKey(), sequence.getValue());
                        }
                    }
                }
            }
        }
        return others;
    }
}
