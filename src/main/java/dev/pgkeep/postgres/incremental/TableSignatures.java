package dev.pgkeep.postgres.incremental;

import dev.pgkeep.base.files.Sha256;
import dev.pgkeep.postgres.connect.SqlResource;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells of each table whether its stored rows, as long as nobody writes to them, always read the same, and by what: a
 * signature over everything that decides it. That is so of values of the types in {@link VouchedTypes} and of whatever
 * is made of them, as long as columns and types stay as they are.
 */
public final class TableSignatures {
    /** Raised when what our sessions set, or how rows are asked for, changes what they read. */
    private static final String READING = "1";

    private static final String PERMANENT = "p";
    private static final int BYTES = 16;

    private final Map<Long, Signature> tables;
    private final Map<Long, UsedType> types;

    private TableSignatures(Map<Long, Signature> tables, Map<Long, UsedType> types) {
        this.tables = tables;
        this.types = types;
    }

    /** What is known of a table. */
    public sealed interface Signature {
        /** @param hex 32 hexadecimal digits, the same as long as unwritten rows read the same */
        record Known(String hex) implements Signature {}

        /** @param why rows may read otherwise though nobody wrote them, for people */
        record None(String why) implements Signature {}
    }

    /** The signatures of all tables whose rows may belong to a backup, in the connection's snapshot. */
    public static TableSignatures read(Connection connection) {
        Map<Long, UsedType> types = types(connection);
        Map<Long, Signature> tables = new HashMap<>();
        SqlResource.of(TableSignatures.class, "tables", "looking how tables are made")
                .each(connection, row -> {
                    tables.put(row.getLong(1), signature(row, types));
                });
        return new TableSignatures(tables, types);
    }

    /** The signature of the table with an OID. */
    public Signature of(long oid) {
        return tables.getOrDefault(oid, new Signature.None("it is new"));
    }

    /**
     * Whether the types are still made as they were. No lock on a table keeps anybody from renaming a value of an enum,
     * and values print as the type is at that moment, not as the snapshot has it.
     *
     * @param connection not in the snapshot
     */
    public boolean areStillTrue(Connection connection) {
        Map<Long, UsedType> now = types(connection);
        return types.values().stream().allMatch(type -> type.equals(now.getOrDefault(type.oid(), type)));
    }

    private static Map<Long, UsedType> types(Connection connection) {
        Map<Long, UsedType> types = new HashMap<>();
        SqlResource.of(TableSignatures.class, "types", "looking how types are made")
                .each(connection, row -> {
                    UsedType type = new UsedType(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getBoolean(4),
                            row.getString(5),
                            row.getBoolean(6),
                            row.getString(7),
                            longs(row, 8));
                    types.put(type.oid(), type);
                });
        return types;
    }

    private static List<Long> longs(ResultSet row, int column) throws SQLException {
        java.sql.Array array = row.getArray(column);
        return array == null ? List.of() : List.of((Long[]) array.getArray());
    }

    private static Signature signature(ResultSet row, Map<Long, UsedType> types) throws SQLException {
        if (!row.getString(2).equals(PERMANENT)) {
            return new Signature.None("it is unlogged");
        }
        if (!row.getBoolean(3)) {
            return new Signature.None("its access method is not heap");
        }
        Map<Long, UsedType> reached = new TreeMap<>();
        for (long oid : longs(row, 5)) {
            reach(oid, types, reached);
        }
        if (!reached.values().stream().allMatch(VouchedTypes::isOne)) {
            return new Signature.None(doubt(String.valueOf(row.getString(6)), types));
        }
        String text = READING + "\n" + row.getLong(1) + "\n" + row.getString(4) + "\n"
                + reached.values().stream().map(UsedType::detail).collect(Collectors.joining("\n"));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Signature.Known(HexFormat.of().formatHex(Sha256.of(bytes, 0, bytes.length), 0, BYTES));
    }

    private static void reach(long oid, Map<Long, UsedType> types, Map<Long, UsedType> reached) {
        UsedType type = types.getOrDefault(oid, UsedType.unknown(oid));
        if (reached.put(oid, type) == null) {
            type.madeOf().forEach(each -> reach(each, types, reached));
        }
    }

    /** @param columns a line for each: OID of its type, its name */
    private static String doubt(String columns, Map<Long, UsedType> types) {
        for (String column : columns.split("\n")) {
            int space = column.indexOf(' ');
            Map<Long, UsedType> reached = new TreeMap<>();
            reach(Long.parseLong(column.substring(0, space)), types, reached);
            for (UsedType type : reached.values()) {
                if (!VouchedTypes.isOne(type)) {
                    return "values of type " + type.name() + " (" + column.substring(space + 1)
                            + ") may print otherwise though no row was written";
                }
            }
        }
        return "values of a type that is not known may print otherwise though no row was written";
    }
}
