package dev.pgkeep.operation.rows;

import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RowSession;
import java.util.ArrayList;
import java.util.List;

/** Sequences never give a value again that was put back: they go forward where they are behind, and never back. */
final class SequenceAdvance {
    private static final String SEQUENCES = """
            SELECT DISTINCT format('%%I.%%I', n.nspname, s.relname), a.attname, q.seqincrement > 0
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
            JOIN pg_catalog.pg_depend d
                ON d.classid = 'pg_catalog.pg_class'::regclass AND d.refclassid = 'pg_catalog.pg_class'::regclass
                    AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum AND d.deptype IN ('a', 'i')
                OR d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
                    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid = 0
            JOIN pg_catalog.pg_class s ON s.relkind = 'S' AND s.oid IN (d.objid, d.refobjid)
            JOIN pg_catalog.pg_namespace n ON n.oid = s.relnamespace
            JOIN pg_catalog.pg_sequence q ON q.seqrelid = s.oid
            WHERE a.attrelid = %d AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
            ORDER BY 1""";

    private record Owned(String sequence, String column, boolean rising) {}

    private SequenceAdvance() {}

    /** @return how many went forward */
    static int run(RowSession session, Staged staged) {
        return session.withExactFormat(() -> owned(session, staged.relation()).stream()
                .filter(each -> staged.section().columns().stream()
                        .anyMatch(column -> column.name().equals(each.column())))
                .mapToInt(each -> advance(session, staged, each))
                .sum());
    }

    private static List<Owned> owned(RowSession session, Relation relation) {
        List<Owned> owned = new ArrayList<>();
        session.query(
                SEQUENCES.formatted(relation.oid()),
                "looking at the sequences of " + relation.shown(),
                row -> owned.add(new Owned(row.getString(1), row.getString(2), row.getBoolean(3))));
        return owned;
    }

    private static int advance(RowSession session, Staged staged, Owned each) {
        List<Long> set = new ArrayList<>(1);
        session.query(catchUp(staged, each), "setting the sequence " + each.sequence(), row -> set.add(row.getLong(1)));
        return set.size();
    }

    private static String catchUp(Staged staged, Owned each) {
        String most = each.rising() ? "max" : "min";
        String beyond = each.rising() ? ">" : "<";
        return "SELECT setval(" + Sql.literal(each.sequence()) + "::regclass, x.reached, true) FROM (SELECT " + most
                + "(s."
                + Sql.identifier(each.column()) + ")::bigint AS reached FROM " + staged.table() + " AS s) AS x, "
                + each.sequence() + " AS q WHERE x.reached " + beyond
                + " q.last_value OR x.reached = q.last_value AND NOT q.is_called";
    }
}
