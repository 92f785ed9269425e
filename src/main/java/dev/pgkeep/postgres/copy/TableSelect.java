package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the queries that read one table. */
final class TableSelect {
    private final Connection connection;
    private final String table;

    TableSelect(Connection connection, CopyTable table) {
        this.connection = connection;
        this.table = SessionEncoding.identifier(
                connection, table.name().schema(), table.name().name());
    }

    String column(CopyColumn column) {
        return SessionEncoding.identifier(connection, column.name());
    }

    String columns(List<CopyColumn> columns) {
        return columns.stream().map(this::column).collect(Collectors.joining(", "));
    }

    /** The table itself, as COPY takes it: without columns there are none to be named. */
    String whole(List<CopyColumn> columns) {
        return columns.isEmpty() ? table : table + " (" + columns(columns) + ")";
    }

    /** @param list may be empty: a table without columns has rows nevertheless */
    String rows(String list, String condition) {
        return "SELECT " + list + " FROM ONLY " + table + " WHERE " + condition;
    }
}
