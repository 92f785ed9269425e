package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.catalog.Sql;
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
public final class ForeignKeyClosure {
    private final RowSession session;
    private final Relations relations;
    private final RowLocators places;
    /** The foreign keys by which rows go. */
    private final List<ForeignKey> followed;

    /** The foreign keys whose columns change in rows that stay. */
    private final List<ForeignKey> setting;

    private final ClosureSearch search;

    private ForeignKeyClosure(
            RowSession session, Relations relations, Collection<Relation> from, boolean dependants, boolean locking) {
        this.session = session;
        this.relations = relations;
        List<Relation> tables = dependants
                ? new RelationGraph(relations).reachable(from)
                : from.stream().distinct().toList();
        this.places = new RowLocators(session, relations, tables);
        List<ForeignKey> keys = !dependants
                ? List.of()
                : relations.foreignKeys().stream()
                        .filter(key -> places.hold(key.parent()))
                        .toList();
        this.followed = keys.stream().filter(key -> !key.onDelete().keepsRows()).toList();
        this.setting = keys.stream().filter(key -> key.onDelete().keepsRows()).toList();
        this.search = new ClosureSearch(session, relations, places, locking);
    }

    /**
     * Finds the rows and all that depend on them.
     *
     * @param locking whether the rows are locked, so that they stay what they are
     * @param keep whether the temporary tables outlive the transaction
     * @throws PgkeepException also when a condition is no SQL that the server takes
     */
    public static ForeignKeyClosure of(
            RowSession session,
            Relations relations,
            List<Seed> seeds,
            boolean locking,
            boolean keep,
            Cancellation cancellation) {
        return find(session, relations, seeds, true, locking, keep, cancellation);
    }

    /** Finds only the rows themselves, without those that depend on them. */
    public static ForeignKeyClosure only(
            RowSession session, Relations relations, List<Seed> seeds, Cancellation cancellation) {
        return find(session, relations, seeds, false, false, false, cancellation);
    }

    private static ForeignKeyClosure find(
            RowSession session,
            Relations relations,
            List<Seed> seeds,
            boolean dependants,
            boolean locking,
            boolean keep,
            Cancellation cancellation) {
        ForeignKeyClosure closure = new ForeignKeyClosure(
                session, relations, seeds.stream().map(Seed::relation).toList(), dependants, locking);
        closure.places.create(closure.setting, keep);
        ClosureSearch search = closure.search;
        search.read(seeds);
        if (!locking) {
            session.readOnly();
        }
        search.seed(seeds);
        search.follow(closure.followed, cancellation);
        search.findChanged(closure.setting);
        return closure;
    }

    /** Forgets the conditions, in a transaction after the one that found the rows, whose places were kept. */
    public void forgetConditions() {
        search.forget();
    }

    /** Tables whose rows may go, also those of which none does. */
    public List<Relation> tables() {
        return places.tables();
    }

    public RowSession session() {
        return session;
    }

    /** The temporary table with the places of rows that go: part, tid, ver, round, via. */
    public String gone(Relation relation) {
        return places.gone(relation);
    }

    /** The temporary table with the places of rows that a foreign key changes: part, tid, ver. */
    public String changed(ForeignKey key) {
        return places.changed(key);
    }

    /** The rows that go, as FROM and WHERE; the row is {@code t}, its place {@code d}. */
    public String goneRows(Relation relation) {
        return RowLocators.joined(relation.from(), gone(relation));
    }

    /** The rows that a foreign key changes, likewise. */
    public String changedRows(ForeignKey key) {
        return RowLocators.joined(key.childFrom(), changed(key));
    }

    /** The rows that go, by table: how many, and what they contain; of tables without any, nothing. */
    public Map<Relation, RowsFound> found() {
        Map<Relation, RowsFound> found = new LinkedHashMap<>();
        session.withExactFormat(() -> {
            for (Relation relation : tables()) {
                RowsFound rows = look(goneRows(relation), "counting the rows of " + relation.shown());
                if (rows.count() > 0) {
                    found.put(relation, rows);
                }
            }
        });
        return found;
    }

    /** The rows that change, by foreign key: how many, and what they contain. */
    public Map<ForeignKey, RowsFound> foundChanged() {
        Map<ForeignKey, RowsFound> found = new LinkedHashMap<>();
        session.withExactFormat(() -> {
            for (ForeignKey key : setting) {
                RowsFound rows = look(changedRows(key), "counting the rows that " + key.name() + " changes");
                if (rows.count() > 0) {
                    found.put(key, rows);
                }
            }
        });
        return found;
    }

    /** The foreign keys by which rows of a table were found first, and how many; those that were meant are left out. */
    public Map<ForeignKey, Long> ways() {
        Map<ForeignKey, Long> ways = new LinkedHashMap<>();
        for (Relation relation : tables()) {
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
                "SELECT count(*), concat(sum(hashtextextended(ROW(t.*)::text, 0)), ' ', sum(hashtextextended(ROW(t.*)::text,"
                        + " 1)))"
                        + from,
                during,
                row -> found.add(new RowsFound(row.getLong(1), row.getString(2))));
        return found.getFirst();
    }

    /** Columns as they stand after SELECT. */
    public static String list(List<String> columns) {
        return columns.stream().map(each -> "t." + Sql.identifier(each)).collect(Collectors.joining(", "));
    }
}
