package dev.pgkeep.postgres.relations;

import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.progress.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows that some rows take with them when they go, found by the server: their places stand in temporary tables, one
 * for each table that can be reached. Rows refer to each other through any number of tables and in circles, so foreign
 * keys are followed in rounds until nothing new is found. Rows that {@code SET NULL} and {@code SET DEFAULT} change are
 * found in the end.
 *
 * <p>When rows are locked on the way, nobody can add to what was found: a new row that refers to a locked one waits.
 */
public final class Closure {
    /** Rows between two looks at statistics: without them the server would plan for a few. */
    private static final long WORTH_ANALYZING = 200;

    private final RowSession session;
    private final Relations relations;
    private final List<Relation> tables;
    private final boolean dependants;
    private final boolean locking;
    private final Map<Long, Integer> numbers = new LinkedHashMap<>();

    private Closure(
            RowSession session, Relations relations, Collection<Relation> from, boolean dependants, boolean locking) {
        this.session = session;
        this.relations = relations;
        this.dependants = dependants;
        this.locking = locking;
        this.tables = dependants
                ? new RelationGraph(relations).reachable(from)
                : from.stream().distinct().toList();
        tables.forEach(each -> numbers.put(each.oid(), numbers.size()));
    }

    /**
     * Finds the rows and all that depend on them.
     *
     * @param locking whether the rows are locked, so that they stay what they are
     * @param keep whether the temporary tables outlive the transaction
     * @throws PgkeepException also when a condition is no SQL that the server takes
     */
    public static Closure of(
            RowSession session,
            Relations relations,
            List<Seed> seeds,
            boolean locking,
            boolean keep,
            Cancellation cancellation) {
        return find(session, relations, seeds, true, locking, keep, cancellation);
    }

    /** Only the rows themselves. */
    public static Closure only(RowSession session, Relations relations, List<Seed> seeds, Cancellation cancellation) {
        return find(session, relations, seeds, false, false, false, cancellation);
    }

    private static Closure find(
            RowSession session,
            Relations relations,
            List<Seed> seeds,
            boolean dependants,
            boolean locking,
            boolean keep,
            Cancellation cancellation) {
        Closure closure = new Closure(
                session, relations, seeds.stream().map(Seed::relation).toList(), dependants, locking);
        closure.createTables(keep);
        if (!locking) {
            session.readOnly();
        }
        closure.seed(seeds);
        if (dependants) {
            closure.follow(cancellation);
            closure.findChanged();
        }
        return closure;
    }

    /** Tables whose rows may go, also those of which none does. */
    public List<Relation> tables() {
        return tables;
    }

    public RowSession session() {
        return session;
    }

    /** Foreign keys that lead from one of the tables to another, by which rows go. */
    public List<ForeignKey> followed() {
        return relations.foreignKeys().stream()
                .filter(key ->
                        numbers.containsKey(key.parent()) && !key.onDelete().keepsRows())
                .toList();
    }

    /** Foreign keys whose columns change in rows that stay. */
    public List<ForeignKey> setting() {
        return !dependants
                ? List.of()
                : relations.foreignKeys().stream()
                        .filter(key -> numbers.containsKey(key.parent())
                                && key.onDelete().keepsRows())
                        .toList();
    }

    /** The temporary table with the places of rows that go: part, tid, ver, round, via. */
    public String gone(Relation relation) {
        Integer number = numbers.get(relation.oid());
        if (number == null) {
            throw new IllegalArgumentException(relation + " cannot be reached");
        }
        return "pg_temp.pgkeep_gone_" + number;
    }

    /** The temporary table with the places of rows that a foreign key changes: part, tid, ver. */
    public String changed(ForeignKey key) {
        return "pg_temp.pgkeep_set_" + relations.foreignKeys().indexOf(key);
    }

    /** The rows that go, as FROM and WHERE; the row is {@code t}, its place {@code d}. */
    public String goneRows(Relation relation) {
        return joined(relation.from(), gone(relation));
    }

    /** The rows that a foreign key changes, likewise. */
    public String changedRows(ForeignKey key) {
        return joined(key.childFrom(), changed(key));
    }

    private static String joined(String from, String places) {
        return " FROM " + places + " AS d JOIN " + from + " AS t ON t.ctid = d.tid AND t.tableoid = d.part";
    }

    /** How many rows of each table go, and what they contain; of tables without any, nothing. */
    public Map<Relation, RowsFound> found() {
        Map<Relation, RowsFound> found = new LinkedHashMap<>();
        session.exact();
        for (Relation relation : tables) {
            RowsFound rows = look(goneRows(relation), "counting the rows of " + relation.shown());
            if (rows.count() > 0) {
                found.put(relation, rows);
            }
        }
        session.usual();
        return found;
    }

    /** The same of rows that foreign keys change. */
    public Map<ForeignKey, RowsFound> foundChanged() {
        Map<ForeignKey, RowsFound> found = new LinkedHashMap<>();
        session.exact();
        for (ForeignKey key : setting()) {
            RowsFound rows = look(changedRows(key), "counting the rows that " + key.name() + " changes");
            if (rows.count() > 0) {
                found.put(key, rows);
            }
        }
        session.usual();
        return found;
    }

    /** By which foreign key rows of a table were found first, and how many; those that were meant are left out. */
    public Map<ForeignKey, Long> ways() {
        Map<ForeignKey, Long> ways = new LinkedHashMap<>();
        for (Relation relation : tables) {
            Map<Integer, Long> counts = new TreeMap<>();
            session.query(
                    "SELECT via, count(*) FROM " + gone(relation) + " WHERE via >= 0 GROUP BY 1",
                    "counting",
                    row -> counts.put(row.getInt(1), row.getLong(2)));
            counts.forEach((via, count) -> ways.put(relations.foreignKeys().get(via), count));
        }
        return ways;
    }

    private RowsFound look(String from, String during) {
        List<RowsFound> found = new ArrayList<>(1);
        session.query(
                "SELECT count(*), concat(sum(hashtextextended(t::text, 0)), ' ', sum(hashtextextended(t::text, 1)))"
                        + from,
                during,
                row -> found.add(new RowsFound(row.getLong(1), row.getString(2))));
        return found.getFirst();
    }

    private void createTables(boolean keep) {
        String after = keep ? "" : " ON COMMIT DROP";
        for (Relation relation : tables) {
            session.execute(
                    "CREATE TEMPORARY TABLE " + gone(relation).replace("pg_temp.", "")
                            + " (part oid, tid tid, ver xid, round int, via int, PRIMARY KEY (tid, part))" + after,
                    "making a temporary table");
        }
        for (ForeignKey key : setting()) {
            session.execute(
                    "CREATE TEMPORARY TABLE " + changed(key).replace("pg_temp.", "")
                            + " (part oid, tid tid, ver xid, PRIMARY KEY (tid, part))" + after,
                    "making a temporary table");
        }
    }

    private void seed(List<Seed> seeds) {
        session.usual();
        for (Seed seed : seeds) {
            Relation relation = seed.relation();
            String condition = Predicate.checked(seed.condition(), seed.origin());
            try {
                long added = session.execute(
                        insert(relation, 0, -1) + " FROM " + relation.from() + " AS "
                                + Sql.identifier(relation.name().name()) + " WHERE (" + condition + ")"
                                + lock(Sql.identifier(relation.name().name())) + " ON CONFLICT DO NOTHING",
                        seed.origin());
                analyze(relation, added);
            } catch (PgkeepException e) {
                throw e.code() == ErrorCode.SQL_FAILED
                        ? new PgkeepException(
                                ErrorCode.SQL_FAILED,
                                e.getMessage(),
                                "it stands after SELECT … FROM " + relation.shown() + " WHERE; try it in psql",
                                e)
                        : e;
            }
        }
    }

    /** The part before FROM; the row's alias is that of the table, as conditions expect it, or {@code c}. */
    private String insert(Relation relation, int round, int via) {
        String alias = via < 0 ? Sql.identifier(relation.name().name()) : "c";
        return "INSERT INTO " + gone(relation) + " (part, tid, ver, round, via) SELECT " + alias + ".tableoid, " + alias
                + ".ctid, " + alias + ".xmin, " + round + ", " + via;
    }

    private String lock(String alias) {
        return locking ? " FOR UPDATE OF " + alias : "";
    }

    private void follow(Cancellation cancellation) {
        List<Long> grown = tables.stream().map(Relation::oid).toList();
        for (int round = 1; !grown.isEmpty(); round++) {
            cancellation.check();
            Map<Long, Long> added = new LinkedHashMap<>();
            for (ForeignKey key : followed()) {
                if (grown.contains(key.parent())) {
                    long count = session.execute(step(key, round), "following " + key.name());
                    added.merge(key.child(), count, Long::sum);
                }
            }
            added.forEach((oid, count) -> analyze(relations.of(oid), count));
            grown = added.entrySet().stream()
                    .filter(each -> each.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private String step(ForeignKey key, int round) {
        Relation child = relations.of(key.child());
        return insert(child, round, relations.foreignKeys().indexOf(key)) + " FROM " + key.childFrom() + " AS c WHERE "
                + parentGoes(key, " AND d.round = " + (round - 1)) + lock("c") + " ON CONFLICT DO NOTHING";
    }

    /** That the row {@code c} refers to one that goes. */
    private String parentGoes(ForeignKey key, String more) {
        return "EXISTS (SELECT FROM " + gone(relations.of(key.parent())) + " AS d JOIN " + key.parentFrom()
                + " AS p ON p.ctid = d.tid AND p.tableoid = d.part WHERE " + key.match("c", "p") + more + ")";
    }

    private void findChanged() {
        for (ForeignKey key : setting()) {
            String stays = numbers.containsKey(key.child())
                    ? " AND NOT EXISTS (SELECT FROM " + gone(relations.of(key.child()))
                            + " AS g WHERE g.tid = c.ctid AND g.part = c.tableoid)"
                    : "";
            session.execute(
                    "INSERT INTO " + changed(key) + " (part, tid, ver) SELECT c.tableoid, c.ctid, c.xmin FROM "
                            + key.childFrom() + " AS c WHERE " + parentGoes(key, "") + stays + lock("c"),
                    "following " + key.name());
        }
    }

    private void analyze(Relation relation, long added) {
        if (added >= WORTH_ANALYZING) {
            session.execute("ANALYZE " + gone(relation), "looking at what was found");
        }
    }

    /** Columns as they stand after SELECT. */
    public static String list(List<String> columns) {
        return columns.stream().map(each -> "t." + Sql.identifier(each)).collect(Collectors.joining(", "));
    }
}
