package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.postgres.connect.SqlResource;
import dev.pgkeep.postgres.relations.Relation.Column;
import dev.pgkeep.postgres.relations.Relation.Trigger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads all tables and foreign keys of the connected database. */
public final class RelationCatalog {
    private final Connection connection;
    private final Map<Long, List<Column>> columns = new HashMap<>();
    private final Map<Long, Unique> keys = new HashMap<>();
    private final Map<Long, List<Unique>> uniques = new HashMap<>();
    private final Map<Long, List<Trigger>> triggers = new HashMap<>();

    private RelationCatalog(Connection connection) {
        this.connection = connection;
    }

    /** @throws PgkeepException what the server said */
    public static Relations read(Connection connection) {
        return new RelationCatalog(connection).read();
    }

    private Relations read() {
        each(
                "columns",
                row -> add(
                        columns,
                        row.getLong(1),
                        new Column(
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getBoolean(6),
                                Optional.ofNullable(row.getString(7)),
                                row.getBoolean(8))));
        each("uniques", row -> {
            Unique unique = new Unique(texts(row.getArray(2)), texts(row.getArray(3)));
            add(uniques, row.getLong(1), unique);
            if (row.getBoolean(4)) {
                keys.putIfAbsent(row.getLong(1), unique);
            }
        });
        each("triggers", row -> add(triggers, row.getLong(1), new Trigger(row.getString(2), texts(row.getArray(3)))));
        List<Relation> relations = new ArrayList<>();
        each("relations", row -> relations.add(relation(row)));
        List<ForeignKey> foreignKeys = new ArrayList<>();
        each("foreign-keys", row -> foreignKeys.add(foreignKey(row)));
        return new Relations(relations, foreignKeys);
    }

    private Relation relation(ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        return new Relation(
                oid,
                new TableName(row.getString(2), row.getString(3)),
                row.getBoolean(4),
                columns.getOrDefault(oid, List.of()),
                Optional.ofNullable(keys.get(oid)),
                uniques.getOrDefault(oid, List.of()),
                triggers.getOrDefault(oid, List.of()),
                row.getLong(5),
                row.getBoolean(6),
                texts(row.getArray(7)));
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                texts(row.getArray(6)),
                texts(row.getArray(7)),
                texts(row.getArray(8)),
                OnDelete.of(row.getString(9)),
                texts(row.getArray(10)),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getBoolean(13));
    }

    private static <T> void add(Map<Long, List<T>> map, long oid, T value) {
        map.computeIfAbsent(oid, key -> new ArrayList<>()).add(value);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    private void each(String file, SqlResource.RowConsumer consumer) {
        SqlResource.of(RelationCatalog.class, file, "reading the " + file.replace('-', ' ') + " of the database")
                .each(connection, consumer);
    }
}
