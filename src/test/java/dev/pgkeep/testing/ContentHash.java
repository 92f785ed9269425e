package dev.pgkeep.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The content of a whole database, exactly and in few round trips: for every table the number of its own rows and a sum
 * over two 64-bit hashes of each row's text, for sequences their state, for large objects their bytes and comment.
 * Partitions and children count by themselves. The server does the work.
 */
public final class ContentHash {
    private static final int RELATIONS_PER_QUERY = 200;

    /** Text forms depend on these; with an empty search path the names in reg* columns are complete. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("search_path", ""),
            Map.entry("datestyle", "ISO, YMD"),
            Map.entry("intervalstyle", "postgres"),
            Map.entry("timezone", "UTC"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("bytea_output", "hex"),
            Map.entry("lc_monetary", "C"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("row_security", "off"));

    /** One line for each thing to read, already as the query that reads it. */
    private static final String QUERIES = """
            SELECT CASE
                WHEN c.relkind = 'S' THEN format(
                    'SELECT %1$L, ''sequence'', 1::bigint, last_value || '' '' || is_called FROM %1$s', name)
                WHEN c.relkind = 'm' AND NOT c.relispopulated THEN format(
                    'SELECT %1$L, ''materialized view'', -1::bigint, ''never filled''', name)
                ELSE format(
                    'SELECT %1$L, %2$L, count(*), concat(sum(hashtextextended(line, 0)), '' '', sum(hashtextextended(line, 1)))'
                    ' FROM (SELECT "pgkeep every row"::text AS line FROM ONLY %1$s AS "pgkeep every row" OFFSET 0) AS lines',
                    name, CASE c.relkind WHEN 'm' THEN 'materialized view' ELSE 'table' END)
                END
            FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,
                LATERAL (SELECT format('%I.%I', n.nspname, c.relname)) AS named (name)
            WHERE c.relkind IN ('r', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY name
            """;

    private static final String LARGE_OBJECTS = """
            SELECT 'large object ' || oid, 'large object', length(content)::bigint,
                concat(md5(content), ' ', obj_description(oid, 'pg_largeobject'))
            FROM pg_largeobject_metadata, LATERAL (SELECT lo_get(oid)) AS got (content)
            """;

    private ContentHash() {}

    /** Keys are complete, quoted names such as {@code shop."Order Lines"}, or {@code large object 16402}. */
    public static Map<String, TableContent> of(Connection connection) throws SQLException {
        var before = set(connection, SETTINGS);
        try {
            var contents = new TreeMap<String, TableContent>();
            var queries = queries(connection);
            for (int from = 0; from < queries.size(); from += RELATIONS_PER_QUERY) {
                var some = queries.subList(from, Math.min(queries.size(), from + RELATIONS_PER_QUERY));
                read(connection, String.join("\nUNION ALL ", some), contents);
            }
            read(connection, LARGE_OBJECTS, contents);
            return contents;
        } finally {
            set(connection, before);
        }
    }

    /** One readable line for each relation that is not the same in both; empty when all are. */
    public static List<String> differences(Map<String, TableContent> before, Map<String, TableContent> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        var lines = new ArrayList<String>();
        for (var name : names) {
            var was = before.get(name);
            var is = after.get(name);
            if (was == null) {
                lines.add(name + ": new, " + is);
            } else if (is == null) {
                lines.add(name + ": gone, was " + was);
            } else if (!was.equals(is)) {
                lines.add(name + ": was " + was + ", is " + is);
            }
        }
        return lines;
    }

    private static List<String> queries(Connection connection) throws SQLException {
        var queries = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(QUERIES)) {
            while (rows.next()) {
                queries.add(rows.getString(1));
            }
        }
        return queries;
    }

    private static void read(Connection connection, String query, Map<String, TableContent> into) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (var rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    into.put(
                            rows.getString(1), new TableContent(rows.getString(2), rows.getLong(3), rows.getString(4)));
                }
            }
        }
    }

    /** Returns the values that were in force. */
    private static Map<String, String> set(Connection connection, Map<String, String> values) throws SQLException {
        var before = new LinkedHashMap<String, String>();
        try (var statement = connection.prepareStatement("SELECT current_setting(?), set_config(?, ?, false)")) {
            for (var value : values.entrySet()) {
                statement.setString(1, value.getKey());
                statement.setString(2, value.getKey());
                statement.setString(3, value.getValue());
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    before.put(value.getKey(), rows.getString(1));
                }
            }
        }
        return before;
    }
}
