package dev.pgkeep.cli.render;

import dev.pgkeep.postgres.schema.SchemaChange;
import dev.pgkeep.postgres.schema.SchemaDifference;
import java.util.List;

/** The difference of two schemas as a table. */
public final class SchemaChanges {
    private static final int MOST = 60;

    private SchemaChanges() {}

    /** Lines as wide as the console where somebody sits, else as wide as they need. */
    public static List<String> table(SchemaDifference difference, Style style, Console console) {
        TextTable table = new TextTable("", "object", "name", "what");
        List<SchemaChange> changes = difference.changes();
        for (SchemaChange change : changes.subList(0, Math.min(MOST, changes.size()))) {
            table.row(sign(change.what(), style), change.kind().word(), change.name(), change.detail());
        }
        if (changes.size() > MOST) {
            table.row("", "", "and " + (changes.size() - MOST) + " more", "");
        }
        List<String> lines = table.lines(style);
        return console.isInteractive()
                ? lines.stream().map(line -> cut(line, console.width() - 1)).toList()
                : lines;
    }

    private static String sign(SchemaChange.What what, Style style) {
        return switch (what) {
            case ADDED -> style.good("+");
            case REMOVED -> style.bad("-");
            case CHANGED -> style.warning("~");
        };
    }

    private static String cut(String line, int width) {
        int tooMuch = Paragraph.columns(line) - width;
        return tooMuch <= 0 ? line : line.substring(0, Math.max(0, line.length() - tooMuch - 1)) + "…";
    }
}
