package dev.pgkeep.postgres.copy;

import dev.pgkeep.postgres.copy.CopyTable.CopyColumn;
import java.sql.Connection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the queries that read one table. */
final class TableSelect {
    private final Connection connection;
    private final String from;

    TableSelect(Connection connection, CopyTable table) {
        this.connection = connection;
        this.from = " FROM ONLY "
                + SessionEncoding.identifier(
                        connection, table.name().schema(), table.name().name());
    }

    String column(CopyColumn column) {
        return SessionEncoding.identifier(connection, column.name());
    }

    String columns(List<CopyColumn> columns) {
        return columns.stream().map(this::column).collect(Collectors.joining(", "));
    }

    /** @param list may be empty: a table without columns has rows nevertheless */
    String rows(String list, String condition) {
        return "SELECT " + list + from + " WHERE " + condition;
    }
}
