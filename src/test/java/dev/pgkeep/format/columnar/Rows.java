package dev.pgkeep.format.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows for tests: made field by field, packed, and unpacked. */
final class Rows {
    final RowFormat format;
    final int columns;
    final List<byte[]> rows = new ArrayList<>();

    Rows(RowFormat format, int columns) {
        this.format = format;
        this.columns = columns;
    }

    Rows add(List<? extends byte @Nullable []> fields) {
        var out = new ByteArrayOutputStream();
        if (format == RowFormat.BINARY) {
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) fields.size()).array());
        }
        for (int i = 0; i < fields.size(); i++) {
            byte[] field = fields.get(i);
            if (format == RowFormat.BINARY) {
                out.writeBytes(ByteBuffer.allocate(4)
                        .putInt(field == null ? -1 : field.length)
                        .array());
            } else if (i > 0) {
                out.write('\t');
            }
            out.writeBytes(field != null ? field : format == RowFormat.TEXT ? text("\\N") : new byte[0]);
        }
        if (format == RowFormat.TEXT) {
            out.write('\n');
        }
        rows.add(out.toByteArray());
        return this;
    }

    /** Rows of one column. */
    static Rows of(List<byte[]> values) {
        var rows = new Rows(RowFormat.BINARY, 1);
        values.forEach(value -> rows.add(List.of(value)));
        return rows;
    }

    byte[] chunk(ColumnHint hint) {
        var encoder = new RowEncoder(format, Collections.nCopies(columns, hint));
        rows.forEach(row -> encoder.add(row, 0, row.length));
        assertThat(encoder.rows()).isEqualTo(rows.size());
        return encoder.chunk();
    }

    byte[] bytes() {
        var all = new ByteArrayOutputStream();
        rows.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Packs, unpacks, compares. @return the chunk */
    byte[] comeBack(ColumnHint hint) throws IOException {
        byte[] chunk = chunk(hint);
        var back = new ByteArrayOutputStream();
        int count = RowDecoder.decode(chunk, back::write);
        assertThat(count).isEqualTo(rows.size());
        assertThat(back.toByteArray()).isEqualTo(bytes());
        assertThat(chunk(hint)).isEqualTo(chunk);
        return chunk;
    }

    /** How the values of the only column are stored, when it has no nulls. */
    static int encoding(byte[] chunk) {
        var in = new Input(chunk, 2, chunk.length - 2);
        in.unsigned();
        in.unsigned();
        in.unsigned();
        assertThat(in.next()).isZero();
        return in.next();
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] int8(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** One dimension of texts. */
    static byte[] array(List<String> elements) {
        var buffer = ByteBuffer.allocate(1000).putInt(1).putInt(0).putInt(25);
        buffer.putInt(elements.size()).putInt(1);
        for (String element : elements) {
            buffer.putInt(text(element).length).put(text(element));
        }
        return java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }

    static byte[] real8(double value) {
        return ByteBuffer.allocate(8).putDouble(value).array();
    }

    static byte[] real4(float value) {
        return ByteBuffer.allocate(4).putFloat(value).array();
    }

    static byte[] numeric(int weight, int sign, int scale, int... digits) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + 2 * digits.length);
        buffer.putShort((short) digits.length)
                .putShort((short) weight)
                .putShort((short) sign)
                .putShort((short) scale);
        for (int digit : digits) {
            buffer.putShort((short) digit);
        }
        return buffer.array();
    }
}
