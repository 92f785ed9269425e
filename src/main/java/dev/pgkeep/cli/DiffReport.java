package dev.pgkeep.cli;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Visible;
import dev.pgkeep.cli.render.SchemaChanges;
import dev.pgkeep.cli.render.Style;
import dev.pgkeep.cli.render.TextTable;
import dev.pgkeep.operation.diff.DiffResult;
import dev.pgkeep.operation.diff.LiveReading;
import dev.pgkeep.operation.diff.TableDifference;
import dev.pgkeep.operation.diff.TableDifference.Sample;
import dev.pgkeep.operation.diff.TableDifference.State;
import dev.pgkeep.postgres.relations.Relation;
import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells people how two states differ. */
final class DiffReport {
    private static final int TABLES = 60;
    private static final int LONGEST = 60;
    private static final int NAMED = 5;

    private final Session session;
    private final Style style;

    DiffReport(Session session) {
        this.session = session;
        this.style = session.style();
    }

    void print(DiffResult result) {
        session.say(style.bold(result.first() + " → " + result.second()));
        schema(result);
        List<TableDifference> different = result.different();
        if (!different.isEmpty()) {
            session.say("");
            session.say(table(different).lines(style));
            different.stream().limit(TABLES).forEach(this::samples);
        }
        result.tables().stream()
                .filter(each -> !each.isDifferent())
                .forEach(each -> each.notes().stream()
                        .filter(note -> note.startsWith("not compared"))
                        .forEach(note -> session.progress().note(Relation.shown(each.table()) + ": " + note)));
        session.say("");
        conclude(result);
    }

    private void schema(DiffResult result) {
        if (result.schema().isEmpty()) {
            return;
        }
        SchemaDifference schema = result.schema().get();
        session.say("");
        session.say("schema  " + schema.describe());
        if (!schema.isEmpty()) {
            session.say(SchemaChanges.table(schema, style, session.console()));
        }
    }

    static TextTable table(List<TableDifference> different) {
        TextTable table = new TextTable("TABLE", ">REMOVED", ">ADDED", ">CHANGED", "WHAT CHANGED");
        different.stream()
                .limit(TABLES)
                .forEach(each -> table.row(
                        Relation.shown(each.table()),
                        count(each.removed()),
                        count(each.added()),
                        count(each.changed()),
                        what(each)));
        if (different.size() > TABLES) {
            table.row("and " + Sizes.count(different.size() - TABLES, "more table"), "", "", "", "");
        }
        return table;
    }

    private static String what(TableDifference table) {
        if (table.state() == State.ONLY_FIRST) {
            return "the table is gone, with " + Sizes.count(table.firstRows(), "row");
        }
        if (table.state() == State.ONLY_SECOND) {
            return "the table is new"
                    + (table.secondRows() < 0 ? "" : ", with " + Sizes.count(table.secondRows(), "row"));
        }
        return table.changedColumns().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(6)
                .map(each -> each.getKey() + " (" + Sizes.count(each.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private void samples(TableDifference table) {
        if (table.samples().isEmpty() && table.notes().isEmpty()) {
            return;
        }
        session.say("");
        session.say(style.bold(Relation.shown(table.table())));
        table.notes().forEach(note -> session.say("  (" + note + ")"));
        table.samples().forEach(each -> session.say("  " + sample(each, table.key())));
        long shown = table.samples().size();
        long all = table.removed() + table.added() + table.changed();
        if (all > shown) {
            session.say("  … " + Sizes.count(all - shown, "more row"));
        }
    }

    private String sample(Sample sample, List<String> key) {
        return switch (sample.change()) {
            case REMOVED -> style.bad("-") + " " + values(sample.before());
            case ADDED -> style.good("+") + " " + values(sample.after());
            case CHANGED -> style.warning("~") + " " + changed(sample, key);
        };
    }

    private static String changed(Sample sample, List<String> key) {
        String which = key.stream()
                .map(column -> column + " " + shown(sample.after().get(column)))
                .collect(Collectors.joining(", "));
        String what = sample.before().keySet().stream()
                .filter(column -> !key.contains(column)
                        || !Objects.equals(
                                sample.before().get(column), sample.after().get(column)))
                .map(column -> column + " " + shown(sample.before().get(column)) + " → "
                        + shown(sample.after().get(column)))
                .collect(Collectors.joining(", "));
        return which + ": " + what;
    }

    private static String values(Map<String, @Nullable String> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + " " + shown(each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String line = Visible.line(value.replaceAll("[\\n\\r\\t]+", " "));
        String cut = line.codePointCount(0, line.length()) > LONGEST
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…"
                : line;
        return cut.isEmpty() || cut.contains(",") || cut.contains(" ") || cut.equals("NULL") ? "'" + cut + "'" : cut;
    }

    private void conclude(DiffResult result) {
        if (!result.isDifferent()) {
            session.conclude(style.good("✓ ") + "no difference in "
                    + Sizes.count(result.tables().size(), "table")
                    + (result.schema().isPresent() ? " and the schema" : "")
                    + live(result).map(read -> "; read " + read).orElse(""));
            return;
        }
        session.conclude(style.bold(Sizes.count(result.removed(), "row") + " removed, " + Sizes.count(result.added())
                        + " added, " + Sizes.count(result.changed()) + " changed")
                + " in " + Sizes.count(result.different().size(), "table") + " of "
                + result.tables().size() + "; read " + Sizes.count(result.rowsRead(), "row") + ", "
                + live(result).map(read -> read + " of the database, ").orElse("")
                + Sizes.text(result.chunkBytes()) + " of the repository");
    }

    /** Says of which tables of the database all rows were read, and why. */
    void whole(DiffResult result) {
        Map<String, List<String>> reasons = new TreeMap<>();
        result.live()
                .map(LiveReading::whole)
                .orElse(new TreeMap<>())
                .forEach((table, why) ->
                        reasons.computeIfAbsent(why, each -> new ArrayList<>()).add(Relation.shown(table)));
        reasons.forEach((why, tables) -> session.progress()
                .note("read whole: "
                        + (tables.size() > NAMED ? Sizes.count(tables.size(), "table") : String.join(", ", tables))
                        + " (" + why + ")"));
    }

    /** How much was read of the database, where that is compared. */
    private static Optional<String> live(DiffResult result) {
        return result.live().map(each -> Sizes.text(each.bytesRead()) + " of " + Sizes.text(each.bytesInAll()));
    }

    private static String count(long rows) {
        return rows == 0 ? "" : Sizes.count(rows);
    }
}
