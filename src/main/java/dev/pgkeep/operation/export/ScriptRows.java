package dev.pgkeep.operation.export;

import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.manifest.TableName;
import dev.pgkeep.format.pgtext.RowPrinter;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.postgres.catalog.Sql;
import dev.pgkeep.postgres.connect.SessionSettings;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.TableContents.Column;
import dev.pgkeep.repository.contents.rows.TableRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the rows of tables into a script, as pg_dump does: {@code COPY … FROM stdin;}, lines of text, {@code \.}. */
final class ScriptRows {
    private static final String SETTINGS = """

            --
            -- Rows
            --

            SET statement_timeout = 0;
            SET lock_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET client_encoding = '%s';
            SELECT pg_catalog.set_config('search_path', '', false);
            SET check_function_bodies = false;
            SET client_min_messages = warning;
            SET row_security = off;
            """;

    private final TypePrinters printers;
    private final TableRows rows;
    private final OutputStream out;
    private final String encoding;
    private final Charset charset;
    private final Optional<String> moneyLocale;

    /**
     * @param encoding of the database, as the server spells it
     * @param charset the same for Java
     * @param moneyLocale under which money was printed; empty where nobody knows
     */
    ScriptRows(
            TypePrinters printers,
            TableRows rows,
            OutputStream out,
            String encoding,
            Charset charset,
            Optional<String> moneyLocale) {
        this.printers = printers;
        this.rows = rows;
        this.out = out;
        this.encoding = encoding;
        this.charset = charset;
        this.moneyLocale = moneyLocale;
    }

    /** The first column that cannot be printed. */
    static Optional<Column> unprintable(TypePrinters printers, TableContents table) {
        return table.format() == RowFormat.TEXT
                ? Optional.empty()
                : table.columns().stream()
                        .filter(column -> !printers.knows(column.type()))
                        .findFirst();
    }

    void begin() throws IOException {
        text(SETTINGS.formatted(encoding) + SessionSettings.reading(false, moneyLocale));
    }

    /** The rows of a table as text. */
    void print(TableContents table) throws IOException {
        text("\nCOPY " + named(table) + columns(table) + " FROM stdin;\n");
        if (table.format() == RowFormat.TEXT) {
            rows.read(table, out::write);
        } else {
            RowPrinter printer = new RowPrinter(
                    printers, table.columns().stream().map(Column::type).toList(), out);
            rows.read(table, printer);
            printer.end();
        }
        text("\\.\n\n");
    }

    /** Writes that psql is to load a table from a file of binary rows. */
    void load(TableContents table, String file, int number) throws IOException {
        String copy = named(table) + columns(table);
        if (copy.indexOf('\n') < 0 && copy.indexOf('\r') < 0) {
            text("\n\\copy " + copy + " from '" + file + "' with (format binary)\n");
            return;
        }
        // psql reads the line to its end: names that break it give way for a moment.
        TableName into = into(table);
        TableName passing = new TableName("pg_temp", "pgkeep_" + number);
        text("\nCREATE TEMPORARY TABLE \"" + passing.name() + "\" AS SELECT " + names(table) + " FROM " + named(into)
                + " LIMIT 0;\n");
        for (int i = 0; i < table.columns().size(); i++) {
            text("ALTER TABLE pg_temp.\"" + passing.name() + "\" RENAME COLUMN "
                    + Sql.identifier(table.columns().get(i).name()) + " TO pgkeep_column_" + i + ";\n");
        }
        text("\\copy pg_temp.\"" + passing.name() + "\" from '" + file + "' with (format binary)\n");
        text("INSERT INTO " + named(into) + columns(table) + " OVERRIDING SYSTEM VALUE SELECT * FROM pg_temp.\""
                + passing.name() + "\";\nDROP TABLE pg_temp.\"" + passing.name() + "\";\n");
    }

    private static TableName into(TableContents table) {
        return table.loadThroughRoot() ? table.root().orElse(table.name()) : table.name();
    }

    private static String named(TableContents table) {
        return named(into(table));
    }

    private static String named(TableName table) {
        return Sql.identifier(table.schema(), table.name());
    }

    private static String names(TableContents table) {
        return table.columns().stream()
                .map(column -> Sql.identifier(column.name()))
                .collect(Collectors.joining(", "));
    }

    private static String columns(TableContents table) {
        List<Column> columns = table.columns();
        return columns.isEmpty() ? "" : " (" + names(table) + ")";
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(charset));
    }
}
