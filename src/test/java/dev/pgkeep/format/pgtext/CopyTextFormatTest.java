package dev.pgkeep.format.pgtext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CopyTextFormatTest {
    /** NUL is in no text of a database, but nothing here depends on that. */
    @Test
    void every_octet_comes_back() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
            assertThat(unescaped(escaped(new byte[] {(byte) i}))).containsExactly(i);
        }
        assertThat(unescaped(escaped(all))).isEqualTo(all);
    }

    @Test
    void it_is_written_as_the_server_writes_it() {
        assertThat(text("a\tb\nc\rd\\N\b\f\u000b\u0001\u007f \"'"))
                .isEqualTo("a\\tb\\nc\\rd\\\\N\\b\\f\\v\u0001\u007f \"'");
        assertThat(text("gr\u00fcn \u20ac \ud83d\udc18")).isEqualTo("gr\u00fcn \u20ac \ud83d\udc18");
    }

    @Property(tries = 300)
    void any_bytes_come_back_and_end_no_value_and_no_line(@ForAll byte[] value) {
        byte[] escaped = escaped(value);
        assertThat(unescaped(escaped)).isEqualTo(value);
        assertThat(escaped).doesNotContain('\t', '\n', '\r');
        assertThat(CopyTextFormat.isNull(escaped, 0, escaped.length)).isFalse();
    }

    @Property(tries = 300)
    void any_text_comes_back(@ForAll String value) {
        assertThat(unescaped(escaped(value.getBytes(UTF_8)))).isEqualTo(value.getBytes(UTF_8));
    }

    @Property(tries = 300)
    void pieces_are_written_as_the_whole(@ForAll byte[] first, @ForAll byte[] second) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        var pieces = new ByteArrayOutputStream();
        CopyTextFormat.escape(first, first.length, pieces);
        CopyTextFormat.escape(second, second.length, pieces);
        assertThat(pieces.toByteArray()).isEqualTo(escaped(both.toByteArray()));
    }

    @Property(tries = 300)
    void a_row_is_its_values_and_null_is_none_of_them(@ForAll @NotEmpty @Size(max = 6) List<byte[]> values) {
        var line = new ByteArrayOutputStream();
        for (byte[] value : values) {
            CopyTextFormat.escape(value, value.length, line);
            line.write('\t');
        }
        CopyTextFormat.writeNull(line);
        List<byte @Nullable []> read = values(line.toByteArray());
        assertThat(read.removeLast()).isNull();
        assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(values);
    }

    private static List<byte @Nullable []> values(byte[] line) {
        List<byte @Nullable []> values = new ArrayList<>();
        for (int from = 0, to; from <= line.length; from = to + 1) {
            to = CopyTextFormat.end(line, from, line.length);
            boolean isNull = CopyTextFormat.isNull(line, from, to);
            values.add(isNull ? null : unescaped(Arrays.copyOfRange(line, from, to)));
        }
        return values;
    }

    private static String text(String value) {
        return new String(escaped(value.getBytes(UTF_8)), UTF_8);
    }

    private static byte[] escaped(byte[] value) {
        var out = new ByteArrayOutputStream();
        CopyTextFormat.escape(value, value.length, out);
        return out.toByteArray();
    }

    private static byte[] unescaped(byte[] escaped) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length; i++) {
            out.write(escaped[i] == '\\' ? CopyTextFormat.octet(escaped[++i]) : escaped[i]);
        }
        return out.toByteArray();
    }
}
