package dev.pgkeep.operation.demo;

import dev.pgkeep.base.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a database in a form that can be compared: the server hashes every row, and sums the hashes up, so
 * that the order of rows, which a restore may change, does not matter.
 */
record Content(List<Relation> relations) {
    /**
     * The query that gives one line for each relation, already as the query that reads it. Partitions are read through
     * their root.
     */
    private static final String QUERIES = """
            SELECT format(CASE c.relkind
                WHEN 'S' THEN 'SELECT %1$L, ''sequence'', 1::bigint, concat(last_value, '' '', is_called) FROM %2$s'
                ELSE 'SELECT %1$L, %3$L, count(*), concat(sum(hashtextextended("whole row"::text, 0)))'
                    ' FROM %2$s AS "whole row"' END,
                c.relname, c.oid::regclass, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'table' END)
            FROM pg_class AS c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm', 'S') AND NOT c.relispartition
            ORDER BY c.relkind = 'S', c.relname
            """;

    private static final String LARGE_OBJECTS = """
            SELECT 'large objects', 'large objects', count(*), concat(sum(hashtextextended(encode(lo_get(oid), 'hex'), oid::bigint)))
            FROM pg_largeobject_metadata""";

    static Content of(Connection connection) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            List<String> queries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(QUERIES)) {
                while (row.next()) {
                    queries.add(row.getString(1));
                }
            }
            queries.add(LARGE_OBJECTS);
            try (ResultSet row = statement.executeQuery(String.join("\nUNION ALL ", queries))) {
                while (row.next()) {
                    relations.add(new Relation(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)));
                }
            }
        }
        return new Content(List.copyOf(relations));
    }

    List<Relation> ofKind(String kind) {
        return relations.stream().filter(each -> each.kind().equals(kind)).toList();
    }

    long rows() {
        return ofKind("table").stream().mapToLong(Relation::rows).sum();
    }

    /** Sixteen hexadecimal digits over everything. */
    String fingerprint() {
        return Sha256.hex(relations.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
}
