package dev.pgkeep.base.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VisibleTest {
    @Test
    void what_a_terminal_would_act_on_is_shown() {
        assertThat(Visible.line("a\u001b[31mb\u0007\u009bc\u007f")).isEqualTo("a\\u001b[31mb\\u0007\\u009bc\\u007f");
        assertThat(Visible.line("a\nb\tc\r")).isEqualTo("a\\nb\\tc\\r");
        assertThat(Visible.lines("a\nb\tc\r")).isEqualTo("a\nb\tc\\r");
    }

    @Test
    void what_hides_or_turns_the_direction_is_shown() {
        assertThat(Visible.line("x\u202ey\u2066\u200b\u2028\ufeff")).isEqualTo("x\\u202ey\\u2066\\u200b\\u2028\\ufeff");
        assertThat(Visible.line(new StringBuilder("t").appendCodePoint(0xe0041).toString()))
                .isEqualTo("t\\udb40\\udc41");
        assertThat(Visible.line("\ud800x\udc00")).isEqualTo("\\ud800x\\udc00");
    }

    @Test
    void all_else_is_as_it_is() {
        for (String text : new String[] {
            "", "orders", "Müller · 日本語 ✓ 👍 שלום مرحبا", "a\\u001b", "\u0600 12", "👨\u200d👩", "می\u200cخواهم"
        }) {
            assertThat(Visible.line(text)).isSameAs(text);
            assertThat(Visible.isPlain(text)).isTrue();
        }
    }

    @Test
    void no_control_character_gets_through_and_what_is_shown_is_shown_once() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(each -> {
            String shown = Visible.line(Character.toString(each));
            int type = Character.getType(each);
            if (Character.isISOControl(each) || type == Character.SURROGATE || type == Character.LINE_SEPARATOR) {
                assertThat(shown).matches("\\\\[nrt]|\\\\u[0-9a-f]{4}");
            }
            if (!Visible.line(shown).equals(shown)) {
                throw new AssertionError("U+" + Integer.toHexString(each));
            }
        });
    }
}
