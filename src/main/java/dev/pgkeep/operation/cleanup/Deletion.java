package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.relations.DisabledTriggers;
import dev.pgkeep.postgres.relations.ForeignKeyClosure;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.RowSession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Deletes everything in one transaction, which the caller commits. */
final class Deletion {
    private final CleanupScope look;
    private final ForeignKeyClosure closure;
    private final RowSession session;

    Deletion(CleanupScope look) {
        this.look = look;
        this.closure = look.closure();
        this.session = closure.session();
    }

    /**
     * Deletes the rows.
     *
     * @return how many rows
     * @throws PgkeepException REFUSED when it is not what was found
     */
    long run(boolean triggers) {
        DisabledTriggers rest = DisabledTriggers.begin(session, triggers ? List.of() : touched(look));
        session.execute("SET CONSTRAINTS ALL DEFERRED", "deferring constraints");
        long[] deleted = {0};
        session.application(() -> {
            for (List<Relation> group : groups(look)) {
                deleted[0] += group.size() == 1 ? one(group.getFirst()) : circle(group);
            }
            session.execute("SET CONSTRAINTS ALL IMMEDIATE", "checking what refers to the deleted rows");
        });
        rest.end();
        return deleted[0];
    }

    /** Tables whose triggers could run. */
    static Set<Relation> touched(CleanupScope look) {
        Set<Relation> touched = new HashSet<>(look.tables().keySet());
        look.changed().keySet().forEach(key -> touched.add(look.relations().of(key.child())));
        return touched;
    }

    static List<List<Relation>> groups(CleanupScope look) {
        return new RelationGraph(look.relations()).childrenFirst(look.tables().keySet());
    }

    private String delete(Relation relation) {
        return "DELETE FROM " + relation.from() + " AS t USING " + closure.gone(relation)
                + " AS d WHERE t.ctid OPERATOR(pg_catalog.=) d.tid AND t.tableoid OPERATOR(pg_catalog.=) d.part";
    }

    private long one(Relation relation) {
        long deleted = session.execute(delete(relation), "deleting from " + relation.shown());
        check(relation, deleted);
        return deleted;
    }

    /** Deletes the rows of tables that refer to each other in one statement, at whose end the keys are checked. */
    private long circle(List<Relation> group) {
        List<String> deletes = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            deletes.add("x" + i + " AS (" + delete(group.get(i)) + " RETURNING 1)");
            counts.add("(SELECT pg_catalog.count(*) FROM x" + i + ")");
        }
        long[] deleted = {0};
        session.query(
                "WITH " + String.join(", ", deletes) + " SELECT " + String.join(", ", counts),
                "deleting rows that refer to each other",
                row -> {
                    for (int i = 0; i < group.size(); i++) {
                        check(group.get(i), row.getLong(i + 1));
                        deleted[0] += row.getLong(i + 1);
                    }
                });
        return deleted[0];
    }

    private void check(Relation relation, long deleted) {
        long wanted = look.tables().get(relation) instanceof dev.pgkeep.postgres.relations.RowsFound found
                ? found.count()
                : 0;
        if (deleted != wanted) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "of " + relation.shown() + " " + wanted + " rows were to go, and the server deleted " + deleted,
                    relation.triggers().isEmpty()
                            ? "somebody was at these rows: look again, pgkeep cleanup"
                            : "a trigger of " + relation.shown() + " has a hand in it: --triggers off has it rest");
        }
    }
}
