package dev.pgkeep.operation.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.rows.RowsReader;
import dev.pgkeep.format.rows.Section;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.postgres.relations.HeldType;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.relations.RowSession;
import dev.pgkeep.postgres.relations.Unique;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a section in a temporary table, each with what the server found out about it: {@code new}, {@code same},
 * {@code conflict} (with one of that key), {@code taken} (another unique value) or {@code lost}.
 */
final class Staged {
    static final String CLASS = "\"pgkeep class\"";
    static final String NUMBER = "\"pgkeep number\"";
    private static final int SAMPLES = 3;
    private static final int WIDEST = 60;

    private final RowSession session;
    private final Section section;
    private final Relation relation;
    private final String table;
    /** The types in the order of the section's columns. */
    private final List<HeldType> types;

    private Staged(RowSession session, Section section, Relation relation, int number) {
        this.session = session;
        this.section = section;
        this.relation = relation;
        this.table = "pg_temp.pgkeep_rows_" + number;
        checkColumns();
        this.types = HeldType.of(
                session.connection(),
                names().stream()
                        .map(name -> relation.column(name).orElseThrow().type())
                        .toList());
        checkKey();
    }

    /**
     * Fills a temporary table with the rows that the reader gives next.
     *
     * @param moneyLocale under which money in them was printed
     */
    static Staged fill(
            RowSession session, RowsReader reader, String moneyLocale, Section section, Relation relation, int number) {
        Staged staged = new Staged(session, section, relation, number);
        session.withExactFormat(() -> staged.fill(reader, moneyLocale));
        return staged;
    }

    private void fill(RowsReader reader, String moneyLocale) {
        session.execute(
                "CREATE TEMPORARY TABLE " + table + " ON COMMIT DROP AS SELECT " + held() + " FROM " + relation.from()
                        + " AS t WITH NO DATA",
                "making a temporary table");
        session.execute(
                "ALTER TABLE " + table + " ADD COLUMN " + CLASS + " text NOT NULL DEFAULT 'new', ADD COLUMN " + NUMBER
                        + " bigint GENERATED ALWAYS AS IDENTITY",
                "making a temporary table");
        SessionSettings.money(session.connection(), Optional.of(moneyLocale));
        String names = section.columns().stream()
                .map(each -> Sql.identifier(each.name()))
                .collect(Collectors.joining(", "));
        if (names.isEmpty()) {
            fillWithoutColumns(reader);
        } else {
            session.copyIn(
                    table + " (" + names + ")",
                    "reading rows of " + relation.shown() + " back as values",
                    reader::nextLine);
        }
        session.execute("ANALYZE " + table, "looking at the rows of " + relation.shown());
    }

    /** COPY has no way to write rows of no columns. */
    private void fillWithoutColumns(RowsReader reader) {
        while (reader.nextLine() != null) {
            session.execute("INSERT INTO " + table + " DEFAULT VALUES", "reading rows back");
        }
    }

    Section section() {
        return section;
    }

    Relation relation() {
        return relation;
    }

    String table() {
        return table;
    }

    /** The condition of rows that would go in. */
    static String isNew(String alias) {
        return alias + "." + CLASS + " OPERATOR(pg_catalog.=) 'new'";
    }

    private void checkColumns() {
        for (Section.Column column : section.columns()) {
            if (relation.column(column.name()).filter(each -> !each.generated()).isEmpty()) {
                throw new PgkeepException(
                        ErrorCode.OBJECT_MISSING,
                        relation.shown() + " has no column " + column.name() + " any more that can be written",
                        "the rows are in the document all the same; bring the schema back, or restore the safety backup"
                                + " into another database");
            }
        }
    }

    private void checkKey() {
        if (section.change().isPresent() && key() == null) {
            throw new PgkeepException(
                    ErrorCode.OBJECT_MISSING,
                    relation.shown() + " has no primary key any more, by which its changed rows could be found",
                    "bring the key back");
        }
    }

    private @Nullable Unique key() {
        return relation.uniques().stream()
                .filter(each -> each.columns().equals(section.key()))
                .filter(this::compares)
                .findFirst()
                .or(() -> relation.key()
                        .filter(this::compares)
                        .filter(each -> section.columns().stream()
                                .map(Section.Column::name)
                                .toList()
                                .containsAll(each.columns())))
                .orElse(null);
    }

    /** Whether values of a key's columns are there as values. */
    boolean compares(Unique unique) {
        return compares(unique.columns());
    }

    boolean compares(List<String> columns) {
        return IntStream.range(0, types.size()).noneMatch(i -> types.get(i).text() && columns.contains(names().get(i)));
    }

    HeldType held(String column) {
        return types.get(names().indexOf(column));
    }

    /** The columns of the temporary table; their collations are those of the table. */
    private String held() {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String name = Sql.identifier(names().get(i));
            String type = relation.column(names().get(i)).orElseThrow().type();
            if (types.get(i).text()) {
                held.add("NULL::text AS " + name);
            } else {
                held.add(
                        types.get(i).name().equals(type)
                                ? "t." + name
                                : "CAST(t." + name + " AS " + types.get(i).name() + ") AS " + name);
            }
        }
        return String.join(", ", held);
    }

    /** A value of the temporary table {@code s} as one of its column. */
    private String value(String column) {
        int place = names().indexOf(column);
        String name = "s." + Sql.identifier(column);
        return place >= 0 && types.get(place).text()
                ? "CAST(" + name + " AS "
                        + relation.column(column).orElseThrow().type() + ")"
                : name;
    }

    /** The names of the section's columns. */
    List<String> names() {
        return section.columns().stream().map(Section.Column::name).toList();
    }

    /** Finds out what each row is. */
    void classify() {
        session.withExactFormat(() -> new Comparison(session, this, key()).run());
    }

    SectionState state() {
        Map<String, Long> counts = new HashMap<>();
        session.query(
                "SELECT " + CLASS + ", count(*) FROM " + table + " GROUP BY 1",
                "counting",
                row -> counts.put(row.getString(1), row.getLong(2)));
        long taken = counts.getOrDefault("taken", 0L);
        long conflicting = counts.getOrDefault("conflict", 0L) + taken;
        return new SectionState(
                section,
                counts.getOrDefault("new", 0L),
                counts.getOrDefault("same", 0L),
                conflicting,
                taken,
                counts.getOrDefault("lost", 0L),
                content(),
                conflicting == 0 ? List.of() : samples());
    }

    /** A hash of what each row is, and for each conflict of the values that would be lost. */
    private String content() {
        Unique key = key();
        String there = key == null
                ? "''"
                : "coalesce((SELECT string_agg(" + Comparison.text("t", written()) + ", ' ') FROM " + relation.from()
                        + " AS t WHERE s." + CLASS + " = 'conflict' AND " + key.match("t", "s") + "), '')";
        List<String> found = new ArrayList<>(1);
        session.withExactFormat(() -> session.query(
                "SELECT concat(sum(hashtextextended(x, 0)), ' ', sum(hashtextextended(x, 1))) FROM (SELECT concat_ws(' ', s."
                        + NUMBER + ", s." + CLASS + ", " + there + ") AS x FROM " + table + " AS s) AS all_of_them",
                "comparing the rows of " + relation.shown(),
                row -> found.add(row.getString(1))));
        return found.getFirst();
    }

    /** The rows that are there stay as they are until the end of the transaction. */
    void lock() {
        Unique key = key();
        if (key != null) {
            session.withExactFormat(() -> session.number(
                    "SELECT count(*) FROM (SELECT FROM " + relation.from() + " AS t JOIN " + table + " AS s ON "
                            + key.match("t", "s") + " FOR NO KEY UPDATE OF t) AS locked",
                    "locking rows of " + relation.shown()));
        }
    }

    private List<String> samples() {
        List<String> samples = new ArrayList<>();
        Unique key = key();
        List<String> shown = key == null ? names() : key.columns();
        session.withExactFormat(() -> session.query(
                "SELECT " + Comparison.text("s", shown) + ", " + CLASS + " FROM " + table + " AS s WHERE " + CLASS
                        + " IN ('conflict', 'taken') ORDER BY " + NUMBER + " LIMIT " + SAMPLES,
                "looking at conflicts",
                row -> samples.add(String.join(", ", shown) + " = " + cut(row.getString(1))
                        + (row.getString(2).equals("taken") ? " (another row has its unique values)" : ""))));
        return samples;
    }

    private static String cut(String text) {
        return text.length() > WIDEST ? text.substring(0, WIDEST) + "…" : text;
    }

    /** The INSERT of the rows that are new. */
    String insert(OnConflict onConflict) {
        String names = names().stream().map(Sql::identifier).collect(Collectors.joining(", "));
        return "INSERT INTO " + relation.quoted() + (names.isEmpty() ? "" : " (" + names + ") OVERRIDING SYSTEM VALUE")
                + " SELECT " + names().stream().map(this::value).collect(Collectors.joining(", ")) + " FROM " + table
                + " AS s WHERE " + isNew("s") + " ORDER BY s." + NUMBER
                + (onConflict == OnConflict.SKIP ? " ON CONFLICT DO NOTHING" : "");
    }

    /** Writes over the rows that have the same key. */
    long update(String which) {
        Unique key = key();
        if (key == null) {
            return 0;
        }
        List<String> written = new ArrayList<>(written());
        written.addAll(spelled(key, which));
        if (written.isEmpty()) {
            return 0;
        }
        String assignments = written.stream()
                .map(name -> Sql.identifier(name) + " = " + value(name))
                .collect(Collectors.joining(", "));
        return session.execute(
                "UPDATE " + relation.from() + " AS t SET " + assignments + " FROM " + table + " AS s WHERE s." + CLASS
                        + " OPERATOR(pg_catalog.=) '" + which + "' AND " + key.match("t", "s"),
                "putting values of " + relation.shown() + " back");
    }

    /**
     * The columns of the key where some of the rows have it written otherwise, as citext can be. Else they stay out of
     * it: that they are set is enough for some triggers.
     */
    private List<String> spelled(Unique key, String which) {
        if (section.change().isPresent()) {
            return List.of();
        }
        List<String> writable = key.columns().stream()
                .filter(name -> relation.column(name)
                        .filter(each -> !each.alwaysIdentity() && !each.generated())
                        .isPresent())
                .toList();
        List<Boolean> found = new ArrayList<>(1);
        session.withExactFormat(() -> session.query(
                "SELECT EXISTS (SELECT FROM " + relation.from() + " AS t, " + table + " AS s WHERE s." + CLASS
                        + " OPERATOR(pg_catalog.=) '" + which + "' AND " + key.match("t", "s") + " AND "
                        + Comparison.text("t", writable) + " OPERATOR(pg_catalog.<>) "
                        + Comparison.text("s", writable) + ")",
                "comparing the keys of " + relation.shown(),
                row -> found.add(row.getBoolean(1))));
        return found.getFirst() ? writable : List.of();
    }

    /** The columns that are written over where a row is there: of changed rows, only those that were changed. */
    private List<String> written() {
        return section.change()
                .map(Section.Change::sets)
                .orElseGet(() -> names().stream()
                        .filter(name -> !section.key().contains(name))
                        .filter(name -> relation.column(name)
                                .filter(Relation.Column::alwaysIdentity)
                                .isEmpty())
                        .toList());
    }
}
