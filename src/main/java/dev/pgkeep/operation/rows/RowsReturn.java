package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.postgres.relations.DisabledTriggers;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RelationGraph;
import dev.pgkeep.postgres.relations.RowSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Moves staged rows into their tables, parents first, and makes sure that they are there as they were. */
final class RowsReturn {
    private final RowSession session;
    private final RelationGraph graph;
    private final Staging staging;
    private final RestoreOptions options;

    RowsReturn(RowSession session, RelationGraph graph, Staging staging, RestoreOptions options) {
        this.session = session;
        this.graph = graph;
        this.staging = staging;
        this.options = options;
    }

    /** @param shown what the caller was shown: rows are written over only where that is still so */
    RestoreOutcome run(List<SectionState> shown, Optional<String> safety) {
        boolean overwriting = options.onConflict() == OnConflict.OVERWRITE;
        staging.lock(overwriting);
        List<SectionState> before = staging.states();
        if (overwriting) {
            mustBe(shown, before);
        }
        refuse(before);
        List<Relation> tables =
                staging.sections().stream().map(Staged::relation).distinct().toList();
        DisabledTriggers rest = DisabledTriggers.begin(session, options.triggers() ? List.of() : tables);
        session.execute("SET CONSTRAINTS ALL DEFERRED", "deferring constraints");
        Counts counts = new Counts();
        session.application(() -> change(tables, overwriting, counts));
        int sequences = 0;
        for (Staged staged : staging.sections()) {
            sequences += staged.section().change().isEmpty() ? SequenceAdvance.run(session, staged) : 0;
        }
        rest.end();
        List<String> notes = prove();
        long skipped = options.onConflict() == OnConflict.SKIP
                ? before.stream()
                        .mapToLong(each -> each.conflicting() + each.lost())
                        .sum()
                : 0;
        return new RestoreOutcome(
                before, counts.inserted, counts.updated, counts.overwritten, skipped, sequences, safety, notes);
    }

    /** Rows so far. */
    private static final class Counts {
        private long inserted;
        private long updated;
        private long overwritten;
    }

    private void change(List<Relation> tables, boolean overwriting, Counts counts) {
        counts.inserted = insert(tables);
        for (Staged staged : staging.sections()) {
            boolean changes = staged.section().change().isPresent();
            counts.updated += changes ? staged.update("new") : 0;
            counts.overwritten += overwriting ? staged.update("conflict") : 0;
        }
        session.execute("SET CONSTRAINTS ALL IMMEDIATE", "checking constraints");
    }

    private static void mustBe(List<SectionState> shown, List<SectionState> now) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            now.get(i).unlike(shown.get(i)).ifPresent(differences::add);
        }
        if (!differences.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    "what is there is no longer what was shown (" + String.join("; ", differences) + ")",
                    "somebody changed these rows in between: look again");
        }
    }

    private void refuse(List<SectionState> states) {
        long conflicts = states.stream()
                .mapToLong(each -> each.conflicting() + each.lost())
                .sum();
        if (conflicts > 0 && options.onConflict() == OnConflict.FAIL) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    conflicts + " of the rows are in conflict with what is there now",
                    "to leave these out: --on-conflict skip; to write over what is there: --on-conflict overwrite");
        }
        long beyond =
                states.stream().mapToLong(each -> each.taken() + each.lost()).sum();
        if (beyond > 0 && options.onConflict() == OnConflict.OVERWRITE) {
            throw new PgkeepException(
                    ErrorCode.REFUSED,
                    beyond + " of the rows cannot be written over others: their unique values belong to rows of another"
                            + " key, or the row that was changed is gone",
                    "to leave these out: --on-conflict skip");
        }
        List<String> obstacles = staging.obstacles();
        if (!obstacles.isEmpty()) {
            throw new PgkeepException(
                    ErrorCode.REFUSED, String.join("; ", obstacles), "put back what they refer to first");
        }
    }

    /** Inserts rows of tables that refer to each other in a circle in one statement, at whose end keys are checked. */
    private long insert(List<Relation> tables) {
        long inserted = 0;
        for (List<Relation> group : graph.childrenFirst(tables).reversed()) {
            List<Staged> whole = staging.sections().stream()
                    .filter(each -> each.section().change().isEmpty() && group.contains(each.relation()))
                    .toList();
            if (whole.size() == 1) {
                inserted += session.execute(
                        whole.getFirst().insert(options.onConflict()),
                        "putting rows of " + whole.getFirst().relation().shown() + " back");
            } else if (!whole.isEmpty()) {
                inserted += session.number(together(whole), "putting rows back that refer to each other");
            }
        }
        return inserted;
    }

    private String together(List<Staged> whole) {
        List<String> inserts = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            inserts.add("i" + i + " AS (" + whole.get(i).insert(options.onConflict()) + " RETURNING 1)");
            counts.add("(SELECT pg_catalog.count(*) FROM i" + i + ")");
        }
        return "WITH " + String.join(", ", inserts) + " SELECT " + String.join(" OPERATOR(pg_catalog.+) ", counts);
    }

    /** Looks again: every row has to be there as the document has it, but for those that were to stay out. */
    private List<String> prove() {
        staging.classify();
        long missing =
                staging.states().stream().mapToLong(SectionState::missing).sum();
        long different = staging.states().stream()
                .mapToLong(each -> each.conflicting() + each.lost())
                .sum();
        if (missing == 0 && (different == 0 || options.onConflict() == OnConflict.SKIP)) {
            return List.of();
        }
        String what = (missing + different) + " of the rows are not as the document has them after they were put back";
        if (options.triggers()) {
            return List.of(what + ": triggers changed them");
        }
        throw new PgkeepException(
                ErrorCode.PROOF_FAILED,
                what,
                "something else changes them as they come in (a rule?), or they differ in an identity column that is"
                        + " GENERATED ALWAYS: see the tables");
    }
}
