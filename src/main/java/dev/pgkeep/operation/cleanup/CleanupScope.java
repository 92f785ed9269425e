package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.ForeignKeyClosure;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RelationCatalog;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.relations.RowsFound;
import dev.pgkeep.postgres.relations.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The scope of some rules: what they mean in a database right now.
 *
 * @param closure where these rows are, for as long as its session lasts
 * @param tables tables of which rows go, those that refer to others first
 */
record CleanupScope(
        Relations relations,
        ForeignKeyClosure closure,
        Map<Relation, RowsFound> tables,
        Map<ForeignKey, RowsFound> changed) {
    private static final int SAMPLES = 3;
    private static final int SAMPLE_COLUMNS = 8;
    private static final int SAMPLE_WIDTH = 60;

    /**
     * Finds the rows.
     *
     * @param locking whether they are locked, so that they stay as they are
     * @param keep whether their places outlive the transaction
     */
    static CleanupScope take(
            RowSession session, List<CleanupRule> rules, boolean locking, boolean keep, Cancellation cancellation) {
        Relations relations = RelationCatalog.read(session.connection());
        List<Seed> seeds = rules.stream().map(rule -> seed(relations, rule)).toList();
        ForeignKeyClosure closure = ForeignKeyClosure.of(session, relations, seeds, locking, keep, cancellation);
        Map<Relation, RowsFound> found = closure.found();
        Map<Relation, RowsFound> ordered = new LinkedHashMap<>();
        new RelationGraph(relations)
                .childrenFirst(found.keySet())
                .forEach(group -> group.forEach(each -> ordered.put(each, found.get(each))));
        return new CleanupScope(relations, closure, ordered, closure.foundChanged());
    }

    private static Seed seed(Relations relations, CleanupRule rule) {
        Relation relation = relations.named(rule.table());
        String condition = rule.where().orElseGet(() -> inKeys(relation, rule));
        return new Seed(relation, condition, rule.origin());
    }

    private static String inKeys(Relation relation, CleanupRule rule) {
        if (relation.keyColumns().isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.USAGE,
                    rule.origin() + ": " + relation.shown() + " has no primary key that a query could give",
                    "give a condition instead: where = \"…\"");
        }
        String names = relation.keyColumns().stream()
                .map(each -> Sql.identifier(relation.name().name()) + "." + Sql.identifier(each))
                .collect(Collectors.joining(", "));
        return "(" + names + ") IN (\n" + rule.keys().orElse("") + "\n)";
    }

    /** The tables that rules name. */
    List<Relation> meant(List<CleanupRule> rules) {
        return rules.stream()
                .map(rule -> relations.named(rule.table()))
                .distinct()
                .toList();
    }

    List<DeletedTable> doomed() {
        Map<ForeignKey, Long> ways = closure.ways();
        List<DeletedTable> doomed = new ArrayList<>();
        tables.forEach((relation, found) -> {
            Map<ForeignKey, Long> own = new LinkedHashMap<>();
            ways.forEach((key, count) -> {
                if (key.child() == relation.oid()) {
                    own.put(key, count);
                }
            });
            long others = own.values().stream().mapToLong(Long::longValue).sum();
            doomed.add(new DeletedTable(relation, found, found.count() - others, own, samples(relation)));
        });
        return doomed;
    }

    List<ChangedTable> changedTables() {
        List<ChangedTable> all = new ArrayList<>();
        changed.forEach((key, found) -> all.add(new ChangedTable(relations.of(key.child()), key, found)));
        return all;
    }

    private List<Map<String, String>> samples(Relation relation) {
        List<String> names = relation.columns().stream()
                .map(Relation.Column::name)
                .limit(SAMPLE_COLUMNS)
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        String texts = names.stream().map(CleanupScope::shortened).collect(Collectors.joining(", "));
        List<Map<String, String>> samples = new ArrayList<>();
        RowSession session = closure.session();
        session.withExactFormat(() -> session.query(
                "SELECT " + texts + closure.goneRows(relation) + " LIMIT " + SAMPLES,
                "looking at rows of " + relation.shown(),
                row -> {
                    Map<String, String> sample = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        sample.put(names.get(i), String.valueOf(row.getString(i + 1)));
                    }
                    samples.add(sample);
                }));
        return samples;
    }

    /** A value as it is printed: a cast to text may be a function of whoever made its type. */
    private static String shortened(String name) {
        String value = "t." + Sql.identifier(name);
        return "CASE num_nulls(" + value + ") WHEN 0 THEN left(concat(" + value + "), " + SAMPLE_WIDTH + ") END";
    }

    /**
     * The orphans by foreign key: how many of the rows that go refer to nothing, so that nobody could insert them
     * again.
     */
    Map<ForeignKey, Long> orphans() {
        Map<ForeignKey, Long> orphans = new LinkedHashMap<>();
        RowSession session = closure.session();
        session.withExactFormat(() -> {
            for (ForeignKey key : relations.foreignKeys()) {
                Relation child = relations.of(key.child());
                if (tables.containsKey(child)
                        && !key.temporal()
                        && key.childFrom().equals(child.from())) {
                    long count = session.number(
                            "SELECT count(*)" + closure.goneRows(child) + " WHERE " + key.refers("t")
                                    + " AND NOT EXISTS (SELECT FROM " + key.parentFrom() + " AS p WHERE "
                                    + key.match("t", "p") + ")",
                            "looking for the rows that " + key.name() + " refers to");
                    if (count > 0) {
                        orphans.put(key, count);
                    }
                }
            }
        });
        return orphans;
    }

    /** @throws PgkeepException REFUSED when this is not what was shown before */
    void mustBe(CleanupPreview shown) {
        List<String> differences = differences(shown);
        if (!differences.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "what would go is no longer what was shown (" + String.join("; ", differences) + ")",
                    "somebody changed these rows in between: look again, pgkeep cleanup");
        }
    }

    private List<String> differences(CleanupPreview shown) {
        List<String> lines = new ArrayList<>();
        Map<String, RowsFound> before = new LinkedHashMap<>();
        shown.tables().forEach(each -> before.put(each.relation().shown(), each.rows()));
        shown.changed().forEach(each -> before.put(changedName(each.relation(), each.key()), each.rows()));
        Map<String, RowsFound> now = new LinkedHashMap<>();
        tables.forEach((relation, found) -> now.put(relation.shown(), found));
        changed.forEach((key, found) -> now.put(changedName(relations.of(key.child()), key), found));
        RowsFound none = new RowsFound(0, "");
        before.keySet().forEach(name -> now.putIfAbsent(name, none));
        now.forEach((name, found) -> {
            RowsFound was = before.getOrDefault(name, none);
            if (was.count() != found.count()) {
                lines.add(name + ": " + was.count() + " then, " + found.count() + " now");
            } else if (!was.equals(found)) {
                lines.add(name + ": as many, but other values");
            }
        });
        return lines;
    }

    private static String changedName(Relation relation, ForeignKey key) {
        return relation.shown() + " (changed by " + key.name() + ")";
    }
}
