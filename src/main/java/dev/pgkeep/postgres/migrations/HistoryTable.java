package dev.pgkeep.postgres.migrations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * A table that may belong to a migration tool.
 *
 * @param versionType type of its column {@code version}, for instance {@code character varying(128)}
 * @param besideRails whether the table that Rails keeps beside its own is in the same schema
 * @param primaryKey whether it has one
 */
record HistoryTable(
        String schema, String name, List<String> columns, String versionType, boolean besideRails, boolean primaryKey) {

    static HistoryTable of(ResultSet row) throws SQLException {
        return new HistoryTable(
                row.getString(1),
                row.getString(2),
                List.of((String[]) row.getArray(3).getArray()),
                row.getString(4),
                row.getBoolean(5),
                row.getBoolean(6));
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
