package dev.pgkeep.operation.restore.load;

import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.operation.restore.plan.RestorePlan;
import dev.pgkeep.postgres.catalog.ExtensionRows;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SqlErrors;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The constraints that rest while rows go into tables that are there: foreign keys, checks, triggers.
 *
 * @param before statements that go before the rows
 * @param after statements that go after them
 * @param sequences sequences of the tables
 */
record SuspendedConstraints(List<String> before, List<String> after, Set<TableName> sequences) {
    /** Those of parents hold for their partitions, and checks for all that inherits. */
    private static final String TOUCHED = """
            WITH RECURSIVE touched (oid) AS (
                SELECT r::regclass::oid FROM unnest(?) r
                UNION SELECT i.inhparent FROM pg_inherits i JOIN touched t ON i.inhrelid = t.oid)
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I;', c.conrelid::regclass, c.conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s;', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
                   || coalesce(format(' COMMENT ON CONSTRAINT %I ON %s IS %L;', c.conname, c.conrelid::regclass,
                                      obj_description(c.oid, 'pg_constraint')), '')
            FROM pg_constraint c
            WHERE""";

    private static final String FOREIGN_KEYS = TOUCHED + """
             c.contype = 'f' AND c.conparentid = 0
              AND (c.conrelid IN (SELECT oid FROM touched) OR c.confrelid IN (SELECT oid FROM touched))
            ORDER BY 1""";

    /** Checks that are not valid: those hold for new rows only, and a backup may bring old ones. */
    private static final String CHECKS = TOUCHED + """
             c.contype IN ('c', 'n') AND NOT c.convalidated AND c.coninhcount = 0
              AND c.conrelid IN (SELECT oid FROM touched)
            ORDER BY 1""";

    /**
     * Triggers, those that partitions have of their parents as well. Up to PostgreSQL 14 those count as the server's
     * own, and rest with that of the parent, for who is no superuser.
     */
    private static final String TRIGGERS = """
            WITH RECURSIVE whole (oid, root) AS (
                SELECT oid, oid FROM pg_trigger WHERE tgparentid = 0 AND NOT tgisinternal
                UNION ALL SELECT t.oid, w.root FROM pg_trigger t JOIN whole w ON t.tgparentid = w.oid)
            SELECT DISTINCT
                   format('ALTER TABLE %s DISABLE TRIGGER %I;', t.tgrelid::regclass, t.tgname),
                   format('ALTER TABLE %s ENABLE %s TRIGGER %I;', t.tgrelid::regclass,
                          CASE t.tgenabled WHEN 'R' THEN 'REPLICA' WHEN 'A' THEN 'ALWAYS' ELSE '' END, t.tgname)
            FROM whole w JOIN pg_trigger own ON own.oid = w.oid
            JOIN pg_trigger t ON t.oid = CASE
                WHEN own.tgisinternal AND current_setting('is_superuser') = 'off'
                     AND NOT EXISTS (SELECT FROM whole o JOIN pg_trigger c ON c.oid = o.oid
                                     WHERE o.root = w.root AND c.tgenabled <> own.tgenabled)
                THEN w.root ELSE own.oid END
            WHERE own.tgenabled <> 'D' AND own.tgrelid::regclass::text = ANY (?)
            ORDER BY 1""";

    /** Sequences of the tables' columns, by serial or identity: those of other tables keep their values. */
    private static final String SEQUENCES = """
            SELECT DISTINCT n.nspname, s.relname
            FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S' JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
              AND (d.refobjid::regclass::text = ANY (?)
                   OR d.refobjid IN (SELECT pg_partition_root(r::regclass) FROM unnest(?) r))""";

    /** Finds out what the rows of a plan need. */
    static SuspendedConstraints of(RestorePlan plan, Connection connection) {
        SuspendedConstraints around = of(named(plan).toList(), connection, true);
        if (plan.request().truncate()) {
            around.before().addAll(emptying(plan, ExtensionRows.of(connection)));
        }
        return around;
    }

    /** Finds out what rests while rows of tables change. @param foreignKeys whether those do, too */
    static SuspendedConstraints of(Collection<TableName> named, Connection connection, boolean foreignKeys) {
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        Set<TableName> sequences = new HashSet<>();
        List<String> tables = named.stream().map(SuspendedConstraints::quoted).toList();
        try {
            try (var statement = connection.createStatement()) {
                statement.execute("SET search_path = ''");
            }
            Array names = connection.createArrayOf("text", regclassNames(connection, tables));
            if (foreignKeys) {
                pairs(connection, FOREIGN_KEYS, names, before, after);
            }
            pairs(connection, CHECKS, names, before, after);
            pairs(connection, TRIGGERS, names, before, after);
            sequences.addAll(sequences(connection, names));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "looking at the foreign keys of the target");
        }
        return new SuspendedConstraints(before, after.reversed(), sequences);
    }

    /** Empties the tables; rows that belong to an extension stay, since no backup holds them. */
    private static List<String> emptying(RestorePlan plan, ExtensionRows extensions) {
        List<String> statements = new ArrayList<>();
        List<String> whole = named(plan)
                .filter(table -> !extensions.isSome(table))
                .map(SuspendedConstraints::quoted)
                .toList();
        if (!whole.isEmpty()) {
            statements.add("TRUNCATE TABLE ONLY " + String.join(", ONLY ", whole) + ";");
        }
        named(plan).filter(extensions::isSome).forEach(table -> statements.add(extensions.delete(table) + ";"));
        return statements;
    }

    private static Stream<TableName> named(RestorePlan plan) {
        return Stream.concat(plan.expectedRows().keySet().stream(), plan.contents().uncounted().stream())
                .filter(table -> !table.schema().isEmpty())
                .distinct();
    }

    private static Set<TableName> sequences(Connection connection, Array names) throws SQLException {
        Set<TableName> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(SEQUENCES)) {
            statement.setArray(1, names);
            statement.setArray(2, names);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(new TableName(row.getString(1), row.getString(2)));
                }
            }
        }
        return found;
    }

    /** The names as regclass prints them, so that they compare equal. */
    private static String[] regclassNames(Connection connection, List<String> tables) throws SQLException {
        String[] names = new String[tables.size()];
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?::regclass::text")) {
            for (int i = 0; i < names.length; i++) {
                statement.setString(1, tables.get(i));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    names[i] = row.getString(1);
                }
            }
        }
        return names;
    }

    private static void pairs(Connection connection, String sql, Array names, List<String> before, List<String> after)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, names);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    before.add(row.getString(1));
                    after.add(row.getString(2));
                }
            }
        }
    }

    private static String quoted(TableName table) {
        return Sql.identifier(table.schema(), table.name());
    }

    /** Whether a sequence belongs to one of the tables. */
    boolean owns(TableName sequence) {
        return sequences.stream()
                .anyMatch(each -> each.equals(sequence)
                        || sequence.schema().isEmpty() && each.name().equals(sequence.name()));
    }
}
