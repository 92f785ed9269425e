package dev.pgkeep.postgres.relations;

import dev.pgkeep.base.progress.Cancellation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fills places: first with the rows that are meant, then round by round with those that refer to them. */
final class ClosureSearch {
    private final RowSession session;
    private final Relations relations;
    private final RowLocators places;
    private final boolean locking;
    private final List<Condition> conditions = new ArrayList<>();

    ClosureSearch(RowSession session, Relations relations, RowLocators places, boolean locking) {
        this.session = session;
        this.relations = relations;
        this.places = places;
        this.locking = locking;
    }

    /** Has the server read conditions before the transaction becomes read-only, and does not run them. */
    void read(List<Seed> seeds) {
        for (Seed seed : seeds) {
            conditions.add(Condition.read(session, seed, conditions.size()));
        }
    }

    void seed(List<Seed> seeds) {
        session.withUsualFormat();
        for (int i = 0; i < seeds.size(); i++) {
            Relation relation = seeds.get(i).relation();
            places.analyze(relation, conditions.get(i).fill(places.gone(relation), lock("v")));
        }
    }

    void forget() {
        conditions.forEach(Condition::forget);
    }

    void follow(List<ForeignKey> followed, Cancellation cancellation) {
        List<Long> grown = places.tables().stream().map(Relation::oid).toList();
        for (int round = 1; !grown.isEmpty(); round++) {
            cancellation.check();
            Map<Long, Long> added = new LinkedHashMap<>();
            for (ForeignKey key : followed) {
                if (grown.contains(key.parent())) {
                    long count = session.execute(step(key, round), "following " + key.name());
                    added.merge(key.child(), count, Long::sum);
                }
            }
            added.forEach((oid, count) -> places.analyze(relations.of(oid), count));
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

    /** The condition that the row {@code c} refers to one that goes. */
    private String parentGoes(ForeignKey key, String more) {
        return "EXISTS (SELECT FROM " + places.gone(relations.of(key.parent())) + " AS d JOIN " + key.parentFrom()
                + " AS p ON p.ctid = d.tid AND p.tableoid = d.part WHERE " + key.match("c", "p") + more + ")";
    }

    void findChanged(List<ForeignKey> setting) {
        for (ForeignKey key : setting) {
            String stays = places.hold(key.child())
                    ? " AND NOT EXISTS (SELECT FROM " + places.gone(relations.of(key.child()))
                            + " AS g WHERE g.tid = c.ctid AND g.part = c.tableoid)"
                    : "";
            session.execute(
                    "INSERT INTO " + places.changed(key) + " (part, tid, ver) SELECT c.tableoid, c.ctid, c.xmin FROM "
                            + key.childFrom() + " AS c WHERE " + parentGoes(key, "") + stays + lock("c"),
                    "following " + key.name());
        }
    }

    private String insert(Relation relation, int round, int via) {
        return "INSERT INTO " + places.gone(relation)
                + " (part, tid, ver, round, via) SELECT c.tableoid, c.ctid, c.xmin, " + round + ", " + via;
    }

    private String lock(String alias) {
        return locking ? " FOR UPDATE OF " + alias : "";
    }
}
