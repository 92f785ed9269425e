package dev.pgkeep.base.units;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellWordsTest {
    @Test
    void a_plain_word_stays_bare() {
        assertThat(ShellWords.word("shop_2026-11-20")).isEqualTo("shop_2026-11-20");
        assertThat(ShellWords.word("")).isEqualTo("''");
        assertThat(ShellWords.words(List.of("a", "b c"))).isEqualTo("a 'b c'");
    }

    @Test
    void a_shell_reads_back_the_very_same_and_nothing_of_it_is_hidden() throws Exception {
        for (String text : List.of(
                "it's",
                "$(touch /tmp/x)`id`;&|<>*?[~",
                "\"quoted\" \\ back",
                "a\u001b[31mred\u202e\u0007\u009b",
                "line\nbreak'$(id)\\n",
                "é\u200b日",
                "!history")) {
            String word = ShellWords.word(text);
            assertThat(Visible.line(word)).isEqualTo(word);
            Process shell = new ProcessBuilder("bash", "-c", "printf %s " + word).start();
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }
}
