package dev.pgkeep.postgres.relations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Temporary tables with the places of rows: one for each table of which rows may go, one for each key that changes
 * some.
 */
final class RowLocators {
    /** Rows between two looks at statistics: without them the server would plan for a few. */
    private static final long WORTH_ANALYZING = 200;

    private final RowSession session;
    private final Relations relations;
    private final List<Relation> tables;
    private final Map<Long, Integer> numbers = new LinkedHashMap<>();

    /** @param tables of which rows may go */
    RowLocators(RowSession session, Relations relations, List<Relation> tables) {
        this.session = session;
        this.relations = relations;
        this.tables = tables;
        tables.forEach(each -> numbers.put(each.oid(), numbers.size()));
    }

    List<Relation> tables() {
        return tables;
    }

    /** Whether rows of that table may go. */
    boolean hold(long oid) {
        return numbers.containsKey(oid);
    }

    /** The table with the places of rows that go: part, tid, ver, round, via. */
    String gone(Relation relation) {
        Integer number = numbers.get(relation.oid());
        if (number == null) {
            throw new IllegalArgumentException(relation + " cannot be reached");
        }
        return "pg_temp.pgkeep_gone_" + number;
    }

    /** The table with the places of rows that a foreign key changes: part, tid, ver. */
    String changed(ForeignKey key) {
        return "pg_temp.pgkeep_set_" + relations.foreignKeys().indexOf(key);
    }

    /** The rows {@code t} that stand at the places {@code d}, as FROM. */
    static String joined(String from, String places) {
        return " FROM " + places + " AS d JOIN " + from + " AS t ON t.ctid = d.tid AND t.tableoid = d.part";
    }

    /**
     * Makes the tables.
     *
     * @param setting foreign keys that change rows
     * @param keep whether they outlive the transaction
     */
    void create(List<ForeignKey> setting, boolean keep) {
        String after = keep ? "" : " ON COMMIT DROP";
        for (Relation relation : tables) {
            session.execute(
                    "CREATE TEMPORARY TABLE " + gone(relation).replace("pg_temp.", "")
                            + " (part oid, tid tid, ver xid, round int, via int, PRIMARY KEY (tid, part))" + after,
                    "making a temporary table");
        }
        for (ForeignKey key : setting) {
            session.execute(
                    "CREATE TEMPORARY TABLE " + changed(key).replace("pg_temp.", "")
                            + " (part oid, tid tid, ver xid, PRIMARY KEY (tid, part))" + after,
                    "making a temporary table");
        }
    }

    /** Has the server look at the places of a table's rows after so many were added. */
    void analyze(Relation relation, long added) {
        if (added >= WORTH_ANALYZING) {
            session.execute("ANALYZE " + gone(relation), "looking at what was found");
        }
    }
}
