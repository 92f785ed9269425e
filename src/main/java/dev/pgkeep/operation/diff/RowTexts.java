package dev.pgkeep.operation.diff;

import dev.pgkeep.format.columnar.RowConsumer;
import dev.pgkeep.format.columnar.RowFormat;
import dev.pgkeep.format.pgtext.RowPrinter;
import dev.pgkeep.repository.contents.TableContents.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Rows of one side, whatever their format, as text. */
final class RowTexts implements RowConsumer {
    private final OutputStream text;
    private final @Nullable RowPrinter printer;

    RowTexts(Leaf leaf, DiffSide side, OutputStream text) {
        this.text = text;
        this.printer = leaf.format() == RowFormat.TEXT
                ? null
                : new RowPrinter(
                        side.printers(),
                        leaf.columns().stream().map(Column::type).toList(),
                        text);
    }

    @Override
    public void row(byte[] bytes, int offset, int length) {
        try {
            if (printer == null) {
                text.write(bytes, offset, length);
            } else {
                printer.rows(bytes, offset, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void piece(byte[] bytes, int offset, int length, boolean last) {
        row(bytes, offset, length);
    }

    void end() throws IOException {
        if (printer != null) {
            printer.end();
        }
    }
}
