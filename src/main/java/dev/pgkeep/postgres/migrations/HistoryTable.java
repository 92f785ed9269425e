package dev.pgkeep.postgres.migrations;

import dev.pgkeep.postgres.catalog.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A table that may belong to a migration tool.
 *
 * @param versionType type of its column {@code version}, for instance {@code character varying(128)}
 * @param besideRails whether the table that Rails keeps beside its own is in the same schema
 * @param primaryKey whether it has one
 * @param types of the columns, in the same order; empty where it is not one of the system's
 */
record HistoryTable(
        String schema,
        String name,
        List<String> columns,
        String versionType,
        boolean besideRails,
        boolean primaryKey,
        List<String> types) {

    static HistoryTable of(ResultSet row) throws SQLException {
        return new HistoryTable(
                row.getString(1),
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6),
                List.of((String[]) row.getArray(7).getArray()));
    }

    /** Whether the table has all of these columns, each of a type of the system. */
    boolean has(List<String> wanted) {
        return wanted.stream()
                .allMatch(column -> columns.contains(column)
                        && !types.get(columns.indexOf(column)).isEmpty());
    }

    /**
     * The table as it stands in FROM: some columns as values of the system's types, made from what is printed for them.
     * Whatever somebody makes of the table in between, nothing of his is called: casts of his types are not used, and
     * of a view there are no samples.
     */
    String asValues(List<String> wanted) {
        return wanted.stream().map(this::value).collect(Collectors.joining(", ", "(SELECT ", " FROM "))
                + Sql.identifier(schema, name) + " AS t TABLESAMPLE pg_catalog.system (100)) AS history";
    }

    private String value(String column) {
        String name = Sql.identifier(column);
        return "CASE pg_catalog.num_nulls(t." + name + ") WHEN 0 THEN CAST(pg_catalog.concat(t." + name + ") AS "
                + types.get(columns.indexOf(column)) + ") END AS " + name;
    }

    boolean isNamed(String wanted) {
        return name.toLowerCase(Locale.ROOT).equals(wanted);
    }

    boolean hasTextVersion() {
        return versionType.startsWith("character varying") || versionType.equals("text");
    }

    /** Rails sets no length; it once did, but had no primary key then. dbmate has both. */
    boolean looksLikeRails() {
        return besideRails || !versionType.endsWith(")") || !primaryKey;
    }
}
