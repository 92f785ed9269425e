package dev.pgkeep.repository.contents.rows;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.pgtext.RowPrinter;
import dev.pgkeep.format.pgtext.TypePrinters;
import dev.pgkeep.repository.contents.TableContents;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the rows of stored tables as the server would print them. */
public final class StoredRows {
    private final TypePrinters printers;
    private final Charset charset;
    private final TableRows rows;

    /** Takes rows, one after the other. */
    @FunctionalInterface
    public interface RowConsumer {
        /** @param values in the order of the table's columns; null for NULL */
        void row(List<@Nullable String> values);
    }

    /**
     * @param printers of the types of the backup's database
     * @param charset of its text
     * @param rows reads the chunks
     */
    public StoredRows(TypePrinters printers, Charset charset, TableRows rows) {
        this.printers = printers;
        this.charset = charset;
        this.rows = rows;
    }

    /** The first column whose values only a server can print. */
    public static Optional<Column> unprintable(TypePrinters printers, TableContents table) {
        return table.format() == RowFormat.TEXT
                ? Optional.empty()
                : table.columns().stream()
                        .filter(column -> !printers.knows(column.type()))
                        .findFirst();
    }

    /**
     * Every row of a table, in the order of the heap.
     *
     * @throws PgkeepException FORMAT_UNSUPPORTED naming a column that cannot be printed, BACKUP_DAMAGED naming blocks
     */
    public void read(TableContents table, RowConsumer taker) {
        try {
            read(table, (FieldSink) new Texts(taker));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads rows in parts, for values that are too wide to be held. */
    public void read(TableContents table, FieldSink sink) throws IOException {
        unprintable(printers, table).ifPresent(column -> {
            throw new PgkeepException(
                    ErrorCode.FORMAT_UNSUPPORTED,
                    "the column " + column.name() + " of " + table.name() + " is of the type " + column.type()
                            + ", which only a server can print",
                    "restore the table into another database: pgkeep restore --to NEW --create-db -t " + table.name());
        });
        TextFields fields = new TextFields(table.columns().size(), sink);
        if (table.format() == RowFormat.TEXT) {
            rows.read(table, fields::write);
        } else {
            List<String> types = table.columns().stream().map(Column::type).toList();
            RowPrinter printer = new RowPrinter(printers, types, fields);
            rows.read(table, printer);
            printer.end();
        }
    }

    /** Puts the values of a row together. */
    private final class Texts implements FieldSink {
        private final RowConsumer taker;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();
        private List<@Nullable String> row = new ArrayList<>();
        private boolean absent;

        Texts(RowConsumer taker) {
            this.taker = taker;
        }

        @Override
        public void absent() {
            absent = true;
        }

        @Override
        public void part(byte[] bytes, int offset, int length) {
            value.write(bytes, offset, length);
        }

        @Override
        public void endValue() {
            row.add(absent ? null : value.toString(charset));
            value.reset();
            absent = false;
        }

        @Override
        public void endRow() {
            taker.row(row);
            row = new ArrayList<>();
        }
    }
}
