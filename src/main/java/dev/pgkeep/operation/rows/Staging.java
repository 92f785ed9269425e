package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.format.rows.RowsReader.Checked;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.relations.ForeignKey;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.Relations;
import dev.pgkeep.postgres.relations.RowSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of a document in temporary tables of a session. */
final class Staging {
    private final RowSession session;
    private final Relations relations;
    private final List<Staged> sections = new ArrayList<>();

    private Staging(RowSession session, Relations relations) {
        this.session = session;
        this.relations = relations;
    }

    /**
     * Reads a document once more, for a transaction that may change rows.
     *
     * @param shown the document as it was checked before
     * @throws PgkeepException REFUSED when it is another one by now
     */
    static Staging fill(
            RowSession session,
            Relations relations,
            Path file,
            Checked shown,
            Progress progress,
            Cancellation cancellation) {
        Staging staging = new Staging(session, relations);
        progress.step("Comparing with the database");
        try (RowsReader reader = RowsReader.open(file)) {
            for (Optional<Section> next = reader.nextSection(); next.isPresent(); next = reader.nextSection()) {
                cancellation.check();
                Section section = next.get();
                Relation relation = relations
                        .of(section.table())
                        .orElseThrow(() -> new PgkeepException(
                                ErrorCode.OBJECT_MISSING,
                                "there is no table " + section.table() + " any more",
                                "the rows are in the document all the same; bring the schema back first"));
                staging.sections.add(Staged.fill(
                        session, reader, shown.head().moneyLocale(), section, relation, staging.sections.size()));
            }
            if (!reader.sha256().equals(shown.sha256())) {
                throw new PgkeepException(
                        ErrorCode.REFUSED,
                        file.getFileName() + " is no longer the document that was shown",
                        "somebody wrote another one: look again");
            }
        }
        staging.classify();
        return staging;
    }

    /**
     * Locks rows that may be written over, so that nobody else changes them, and they are what they are from here on.
     */
    void lock(boolean all) {
        sections.stream()
                .filter(each -> all || each.section().change().isPresent())
                .forEach(Staged::lock);
        classify();
    }

    void classify() {
        sections.forEach(Staged::classify);
    }

    List<Staged> sections() {
        return sections;
    }

    List<SectionState> states() {
        return sections.stream().map(Staged::state).toList();
    }

    /** The reasons why the rows cannot go in: one line for each foreign key that would have nothing to refer to. */
    List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        for (Staged child : sections) {
            for (ForeignKey key : relations.foreignKeys()) {
                if (key.child() == child.relation().oid()
                        && child.compares(key.columns())
                        && child.section().change().isEmpty()
                        && key.childFrom().equals(child.relation().from())
                        && holds(child, key.columns())) {
                    orphans(child, key).ifPresent(obstacles::add);
                }
            }
        }
        return obstacles;
    }

    private static boolean holds(Staged staged, List<String> columns) {
        return staged.section().columns().stream()
                .map(Section.Column::name)
                .toList()
                .containsAll(columns);
    }

    private Optional<String> orphans(Staged child, ForeignKey key) {
        StringBuilder staged = new StringBuilder();
        for (Staged parent : sections) {
            if (parent.relation().oid() == key.parent()
                    && parent.compares(key.parentColumns())
                    && parent.section().change().isEmpty()
                    && holds(parent, key.parentColumns())) {
                staged.append(
                        " AND NOT EXISTS (SELECT FROM " + parent.table() + " AS p WHERE " + key.match("c", "p") + ")");
            }
        }
        List<String> found = new ArrayList<>();
        String columns = String.join(", ", key.columns());
        session.withExactFormat(() -> session.query(
                "SELECT count(*), min(ROW("
                        + String.join(
                                ", ",
                                key.columns().stream()
                                        .map(each -> "c." + Sql.identifier(each))
                                        .toList())
                        + ")::text) FROM " + child.table() + " AS c WHERE " + Staged.isNew("c") + " AND "
                        + key.refers("c") + " AND NOT EXISTS (SELECT FROM " + key.parentFrom() + " AS p WHERE "
                        + key.match("c", "p") + ")" + staged,
                "looking for the rows that " + key.name() + " refers to",
                row -> {
                    if (row.getLong(1) > 0) {
                        found.add(row.getLong(1) + " of the rows of "
                                + child.relation().shown() + " refer to rows of "
                                + relations.of(key.parent()).shown() + " that are not there (" + columns + " = "
                                + row.getString(2) + (row.getLong(1) > 1 ? ", …" : "") + ")");
                    }
                }));
        return found.stream().findFirst();
    }
}
