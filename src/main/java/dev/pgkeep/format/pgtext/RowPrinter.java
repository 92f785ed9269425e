package dev.pgkeep.format.pgtext;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.columnar.BigEndian;
import dev.pgkeep.format.columnar.RowSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of COPY's binary form, cut anywhere, into lines of its text form. Not for several threads.
 *
 * <p>Text and bytea of any width pass through; other values are held until they are complete.
 */
public final class RowPrinter implements RowSink {
    private static final int FLUSH = 1 << 16;

    private final OutputStream out;
    private final Printer[] printers;
    private final TextOut lines = new TextOut();
    private final TextOut value = new TextOut();
    private final byte[] head = new byte[Integer.BYTES];
    private int headLength;
    /** The field that is being read; -1 between rows. */
    private int field = -1;
    /** Bytes of the value that are still to come; -1 when its length is to come first. */
    private int left = -1;
    /** The beginning of a value that came in pieces and is printed when it is complete. */
    private @Nullable ByteArrayOutputStream beginning;

    private boolean begun;

    /**
     * @param types of the columns, in their order
     * @throws PgkeepException FORMAT_UNSUPPORTED when {@code printers} does not know one of them
     */
    public RowPrinter(TypePrinters printers, List<String> types, OutputStream out) {
        this.out = out;
        this.printers = types.stream()
                .map(type -> printers.find(type).orElseThrow(() -> unknown(type)))
                .toArray(Printer[]::new);
    }

    private static PgkeepException unknown(String type) {
        return new PgkeepException(
                ErrorCode.FORMAT_UNSUPPORTED,
                "values of the type " + type + " cannot be read out of a backup without a server",
                "name the other tables with -t, or restore the backup beside the database: pgkeep restore --to COPY"
                        + " --create-db");
    }

    /** @throws PgkeepException BACKUP_DAMAGED when these are no rows of such columns */
    @Override
    public void rows(byte[] bytes, int offset, int length) throws IOException {
        try {
            int end = offset + length;
            for (int at = offset; at < end; ) {
                at = field < 0 ? rowHead(bytes, at, end) : left < 0 ? fieldHead(bytes, at, end) : value(bytes, at, end);
                if (lines.length() > FLUSH) {
                    lines.moveTo(out);
                }
            }
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
            throw damaged("a value makes no sense", e);
        }
    }

    /** Writes what is left. @throws PgkeepException BACKUP_DAMAGED when a row has not ended */
    public void end() throws IOException {
        if (field >= 0 || headLength > 0) {
            throw damaged("its last row is cut off", null);
        }
        lines.moveTo(out);
    }

    private int rowHead(byte[] bytes, int from, int end) {
        int at = fill(bytes, from, end, Short.BYTES);
        if (headLength == Short.BYTES) {
            headLength = 0;
            if (BigEndian.unsignedShortAt(head, 0) != printers.length) {
                throw damaged(
                        "a row has " + BigEndian.unsignedShortAt(head, 0) + " columns instead of " + printers.length,
                        null);
            }
            field = 0;
            endRowAfterLast();
        }
        return at;
    }

    private int fieldHead(byte[] bytes, int from, int end) {
        int at = fill(bytes, from, end, Integer.BYTES);
        if (headLength == Integer.BYTES) {
            headLength = 0;
            if (field > 0) {
                lines.put('\t');
            }
            left = BigEndian.intAt(head, 0);
            begun = false;
            if (left == -1) {
                lines.put(CopyTextFormat.NULL, 0, CopyTextFormat.NULL.length);
                endField();
            } else if (left < 0) {
                throw damaged("a value has a negative length", null);
            } else if (left == 0) {
                whole(head, 0, 0);
                endField();
            }
        }
        return at;
    }

    private int value(byte[] bytes, int at, int end) {
        int length = Math.min(left, end - at);
        if (length == left && !begun) {
            whole(bytes, at, length);
        } else {
            piece(bytes, at, length);
        }
        left -= length;
        if (left == 0) {
            endField();
        }
        return at + length;
    }

    private void whole(byte[] bytes, int at, int length) {
        if (printers[field] instanceof Printer.Verbatim text) {
            lines.escaped(bytes, at + text.skipped(), length - text.skipped());
        } else {
            value.clear();
            printers[field].print(bytes, at, length, value);
            lines.escaped(value.bytes(), 0, value.length());
        }
    }

    private void piece(byte[] bytes, int at, int length) {
        switch (printers[field]) {
            case Printer.Verbatim text -> {
                int skipped = begun ? 0 : text.skipped();
                lines.escaped(bytes, at + skipped, length - skipped);
            }
            case Printer.Hex hex -> {
                if (!begun) {
                    lines.text("\\\\x");
                }
                Printer.Hex.digits(bytes, at, length, lines);
            }
            default -> {
                ByteArrayOutputStream held = beginning == null ? new ByteArrayOutputStream(left) : beginning;
                held.write(bytes, at, length);
                beginning = held;
                if (length == left) {
                    beginning = null;
                    whole(held.toByteArray(), 0, held.size());
                }
            }
        }
        begun = true;
    }

    private void endField() {
        left = -1;
        field++;
        endRowAfterLast();
    }

    private void endRowAfterLast() {
        if (field == printers.length) {
            lines.put('\n');
            field = -1;
        }
    }

    private int fill(byte[] bytes, int from, int end, int wanted) {
        int count = Math.min(wanted - headLength, end - from);
        System.arraycopy(bytes, from, head, headLength, count);
        headLength += count;
        return from + count;
    }

    private static PgkeepException damaged(String what, @Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.BACKUP_DAMAGED, what, "take another backup: pgkeep list; or check it: pgkeep verify", cause);
    }
}
