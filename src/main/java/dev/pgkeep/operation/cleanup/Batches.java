package dev.pgkeep.operation.cleanup;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.postgres.relations.DisabledTriggers;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.ForeignKeyClosure;
import dev.pgkeep.postgres.relations.OnDelete;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.RowSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Deletes in many short transactions, so that nobody waits for long. Rows are not locked between them: each batch looks
 * whether its rows are still those that were written down, and whether anything refers to them that was not. Rows that
 * refer to each other go in one transaction, however many they are.
 */
final class Batches {
    private static final String BATCH = "pg_temp.pgkeep_batch";

    private final CleanupScope look;
    private final ForeignKeyClosure closure;
    private final RowSession session;
    private final CleanupOptions options;
    private final Progress progress;
    private final Cancellation cancellation;
    private long deleted;
    private int batches;
    private boolean committing;

    Batches(CleanupScope look, CleanupOptions options, Progress progress, Cancellation cancellation) {
        this.look = look;
        this.closure = look.closure();
        this.session = closure.session();
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    long deleted() {
        return deleted;
    }

    /** Whether the deletion broke off where nobody knows whether the last batch took place. */
    boolean isUncertain() {
        return committing;
    }

    int batches() {
        return batches;
    }

    /** The session's transaction was committed before, its temporary tables kept. */
    void run() {
        session.next();
        closure.forgetConditions();
        session.execute(
                "CREATE TEMPORARY TABLE pgkeep_batch (number int, part oid, tid tid, ver xid)", "making a batch");
        RelationGraph graph = new RelationGraph(look.relations());
        for (List<Relation> group : Deletion.groups(look)) {
            boolean whole = graph.isCyclic(group);
            boolean more = true;
            while (more) {
                more = batch(group, whole) && !whole;
            }
        }
    }

    /** @return whether there was anything to delete */
    private boolean batch(List<Relation> group, boolean whole) {
        cancellation.check();
        if (batches > 0) {
            pause();
        }
        session.execute("TRUNCATE " + BATCH, "making a batch");
        long size = 0;
        for (int i = 0; i < group.size(); i++) {
            size += pick(group.get(i), i, whole);
        }
        if (size == 0) {
            return false;
        }
        for (int i = 0; i < group.size(); i++) {
            lock(group.get(i), i);
            guard(group.get(i), i, group);
        }
        DisabledTriggers rest =
                DisabledTriggers.begin(session, options.triggers() ? List.of() : Deletion.touched(look));
        long gone = gone(group);
        rest.end();
        if (gone != size) {
            throw stopped(size + " rows were to go in a batch, and the server deleted " + gone);
        }
        forget(group);
        committing = true;
        session.next();
        committing = false;
        deleted += gone;
        batches++;
        progress.advance(new Progress.Amount(deleted, total(), 0, Sizes.count(deleted, "row")));
        return true;
    }

    private long gone(List<Relation> group) {
        long[] gone = {0};
        session.application(() -> {
            gone[0] = session.number(delete(group), "deleting");
            session.execute("SET CONSTRAINTS ALL IMMEDIATE", "checking what refers to the deleted rows");
        });
        return gone[0];
    }

    private long total() {
        return look.tables().values().stream().mapToLong(each -> each.count()).sum();
    }

    private long pick(Relation relation, int number, boolean whole) {
        return session.execute(
                "INSERT INTO " + BATCH + " SELECT " + number + ", part, tid, ver FROM " + closure.gone(relation)
                        + " ORDER BY part, tid"
                        + (whole ? "" : " LIMIT " + options.batch().orElseThrow()),
                "making a batch");
    }

    private static String rows(Relation relation, int number) {
        return relation.from() + " AS t JOIN " + BATCH + " AS d ON d.number = " + number
                + " AND t.ctid = d.tid AND t.tableoid = d.part AND t.xmin = d.ver";
    }

    private void lock(Relation relation, int number) {
        long wanted = session.number("SELECT count(*) FROM " + BATCH + " WHERE number = " + number, "counting");
        long locked = session.number(
                "SELECT count(*) FROM (SELECT FROM " + rows(relation, number) + " FOR UPDATE OF t) AS locked",
                "locking rows of " + relation.shown());
        if (locked != wanted) {
            throw stopped((wanted - locked) + " rows of " + relation.shown()
                    + " were changed or deleted by somebody else after they were written down");
        }
    }

    /** Guards a batch against what the server would delete or change silently: that has to stand in the document. */
    private void guard(Relation relation, int number, List<Relation> group) {
        for (ForeignKey key : look.relations().foreignKeys()) {
            boolean silent =
                    key.onDelete() == OnDelete.CASCADE || key.onDelete().keepsRows();
            if (key.parent() == relation.oid() && silent) {
                String known = known(key, group);
                long strangers = session.number(
                        "SELECT count(*) FROM " + key.childFrom() + " AS c WHERE EXISTS (SELECT FROM "
                                + rows(relation, number).replace(relation.from(), key.parentFrom()) + " WHERE "
                                + key.match("c", "t") + ")" + known,
                        "looking for rows that refer to these");
                if (strangers > 0) {
                    throw stopped(strangers + " new rows of "
                            + look.relations().of(key.child()).shown() + " refer to rows of " + relation.shown()
                            + " that were to go (" + key.name() + ")");
                }
            }
        }
    }

    private String known(ForeignKey key, List<Relation> group) {
        String same = " AS k WHERE k.tid = c.ctid AND k.part = c.tableoid AND k.ver = c.xmin)";
        String text = "";
        if (look.changed().containsKey(key)) {
            text += " AND NOT EXISTS (SELECT FROM " + closure.changed(key) + same;
        }
        for (Relation each : group) {
            if (each.oid() == key.child()) {
                text += " AND NOT EXISTS (SELECT FROM " + closure.gone(each) + same;
            }
        }
        return text;
    }

    private static String delete(List<Relation> group) {
        StringBuilder with = new StringBuilder();
        for (int i = 0; i < group.size(); i++) {
            with.append(i == 0 ? "WITH " : ", ")
                    .append("x" + i + " AS (DELETE FROM ")
                    .append(group.get(i).from())
                    .append(" AS t USING " + BATCH + " AS d WHERE d.number OPERATOR(pg_catalog.=) " + i)
                    .append(" AND t.ctid OPERATOR(pg_catalog.=) d.tid")
                    .append(" AND t.tableoid OPERATOR(pg_catalog.=) d.part RETURNING 1)");
        }
        return with + " SELECT "
                + java.util.stream.IntStream.range(0, group.size())
                        .mapToObj(i -> "(SELECT pg_catalog.count(*) FROM x" + i + ")")
                        .collect(Collectors.joining(" OPERATOR(pg_catalog.+) "));
    }

    private void forget(List<Relation> group) {
        for (int i = 0; i < group.size(); i++) {
            session.execute(
                    "DELETE FROM " + closure.gone(group.get(i)) + " AS g USING " + BATCH + " AS d WHERE d.number = " + i
                            + " AND g.tid = d.tid AND g.part = d.part",
                    "noting what is gone");
        }
    }

    private void pause() {
        Duration pause = options.pause();
        session.commit();
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
        session.next();
    }

    private static PgkeepException stopped(String what) {
        return new PgkeepException(ErrorCode.REFUSED, what, "look again: pgkeep cleanup");
    }
}
