package dev.pgkeep.operation.rows;

import static dev.pgkeep.operation.rows.Staged.CLASS;
import static dev.pgkeep.operation.rows.Staged.NUMBER;

import dev.pgkeep.format.rows.Section;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.relations.HeldType;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.Relation.Column;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.relations.Unique;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Staged rows beside those of their table: the server finds out what each of them is. */
final class Comparison {
    private final RowSession session;
    private final @Nullable Unique key;
    private final Section section;
    private final Relation relation;
    private final String table;
    private final List<String> names;
    private final Staged staged;

    /** @param key by which rows are found; null when there is none */
    Comparison(RowSession session, Staged staged, @Nullable Unique key) {
        this.session = session;
        this.key = key;
        this.section = staged.section();
        this.relation = staged.relation();
        this.table = staged.table();
        this.names = staged.names();
        this.staged = staged;
    }

    void run() {
        execute("UPDATE " + table + " SET " + CLASS + " = 'new'");
        if (section.change().isPresent() && key != null) {
            changed(section.change().get(), key);
        } else if (key != null) {
            byKey(key);
        } else {
            whole();
        }
    }

    private void execute(String sql) {
        session.execute(sql, "comparing the rows of " + relation.shown());
    }

    private void byKey(Unique key) {
        execute("UPDATE " + table + " AS s SET " + CLASS + " = CASE WHEN " + text("t", names) + " = "
                + text("s", names) + " THEN 'same' ELSE 'conflict' END FROM " + relation.from()
                + " AS t WHERE " + key.match("t", "s"));
        for (Unique unique : relation.uniques()) {
            if (!unique.equals(key) && names.containsAll(unique.columns()) && staged.compares(unique)) {
                execute("UPDATE " + table + " AS s SET " + CLASS + " = 'taken' FROM " + relation.from() + " AS t WHERE "
                        + Staged.isNew("s") + " AND " + unique.match("t", "s"));
            }
        }
    }

    /** Compares rows without a key: as many of equal rows count as there as there are. */
    private void whole() {
        execute("WITH mine AS (SELECT " + NUMBER + " AS number, " + text("s", names)
                + " AS line, row_number() OVER (PARTITION BY " + text("s", names) + " ORDER BY " + NUMBER
                + ") AS nth FROM " + table + " AS s), theirs AS (SELECT " + text("t", names)
                + " AS line, count(*) AS many FROM " + relation.from() + " AS t GROUP BY 1)"
                + " UPDATE " + table + " AS s SET " + CLASS
                + " = 'same' FROM mine JOIN theirs ON theirs.line = mine.line WHERE mine.number = s." + NUMBER
                + " AND mine.nth <= theirs.many");
    }

    private void changed(Section.Change change, Unique key) {
        execute("UPDATE " + table + " AS s SET " + CLASS + " = 'lost'");
        execute("UPDATE " + table + " AS s SET " + CLASS + " = CASE WHEN " + text("t", change.sets()) + " = "
                + text("s", change.sets()) + " THEN 'same'" + left(change) + " ELSE 'conflict' END FROM "
                + relation.from() + " AS t WHERE " + key.match("t", "s"));
    }

    /**
     * The values that the foreign key left there, as SQL; nobody knows where that takes code of others, as this only
     * looks.
     */
    private String left(Section.Change change) {
        boolean others = change.sets().stream()
                .filter(name -> !change.left().getOrDefault(name, "NULL").equals("NULL"))
                .anyMatch(name -> staged.held(name).text()
                        || relation.column(name).orElseThrow().othersDefault());
        return others
                ? ""
                : " WHEN " + text("t", change.sets()) + " = ROW("
                        + change.sets().stream().map(name -> left(change, name)).collect(Collectors.joining(", "))
                        + ")::text THEN 'new'";
    }

    /**
     * The value that the foreign key left in a column, as SQL: what a document says is none to run, a default is that
     * of the table as it is.
     */
    private String left(Section.Change change, String name) {
        String said = change.left().getOrDefault(name, "NULL");
        Column column = relation.column(name).orElseThrow();
        HeldType held = staged.held(name);
        return said.equals("NULL")
                ? "NULL"
                : "CAST((" + column.defaultExpression().orElse("NULL") + ") AS " + held.name() + ")";
    }

    /** The text of a whole row, or of some columns. */
    static String text(String alias, List<String> names) {
        return "ROW("
                + names.stream().map(each -> alias + "." + Sql.identifier(each)).collect(Collectors.joining(", "))
                + ")::text";
    }
}
