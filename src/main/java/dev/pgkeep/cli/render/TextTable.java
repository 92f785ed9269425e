package dev.pgkeep.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Columns of text, as wide as what is seen of their widest cell. Numbers stand to the right. */
public final class TextTable {
    private final List<String> header;
    private final List<Boolean> rightAligned;
    private final List<List<String>> rows = new ArrayList<>();

    /** A header beginning with {@code >} marks a column whose cells stand to the right. */
    public TextTable(String... header) {
        this.header = new ArrayList<>();
        this.rightAligned = new ArrayList<>();
        for (String title : header) {
            rightAligned.add(title.startsWith(">"));
            this.header.add(title.startsWith(">") ? title.substring(1) : title);
        }
    }

    public void row(String... cells) {
        rows.add(Stream.of(cells).map(Style::visible).toList());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines, header first, without trailing spaces. */
    public List<String> lines(Style style) {
        int[] widths = new int[header.size()];
        measure(header, widths);
        rows.forEach(row -> measure(row, widths));
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(line(header, widths)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /** This table without the named column. */
    public TextTable without(String title) {
        int column = header.indexOf(title);
        TextTable table = new TextTable();
        table.header.addAll(header);
        table.rightAligned.addAll(rightAligned);
        table.header.remove(column);
        table.rightAligned.remove(column);
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            cells.remove(column);
            table.rows.add(cells);
        }
        return table;
    }

    /** Columns of its widest line. */
    public int width() {
        return lines(new Style(false)).stream()
                .mapToInt(Paragraph::columns)
                .max()
                .orElse(0);
    }

    private static void measure(List<String> cells, int[] widths) {
        for (int i = 0; i < cells.size(); i++) {
            widths[i] = Math.max(widths[i], Paragraph.columns(cells.get(i)));
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String padding = " ".repeat(widths[i] - Paragraph.columns(cell));
            line.append(rightAligned.get(i) ? padding + cell : cell + padding).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
