package dev.pgkeep.cli.render;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tables whose rows are more or fewer than before. */
public final class RowChanges {
    private static final int MOST = 40;

    private RowChanges() {}

    /** @param rows by table: rows before and rows after */
    public static List<String> table(Map<?, long[]> rows, Style style) {
        TextTable table = new TextTable("rows of", ">before", ">after", ">difference");
        rows.entrySet().stream()
                .limit(MOST)
                .forEach(each -> table.row(
                        each.getKey().toString(),
                        number("%,d", each.getValue()[0]),
                        number("%,d", each.getValue()[1]),
                        number("%+,d", each.getValue()[1] - each.getValue()[0])));
        if (rows.size() > MOST) {
            table.row("and " + (rows.size() - MOST) + " more tables", "", "", "");
        }
        return table.lines(style);
    }

    private static String number(String format, long value) {
        return String.format(Locale.ROOT, format, value);
    }
}
