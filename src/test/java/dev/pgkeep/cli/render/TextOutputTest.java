package dev.pgkeep.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.units.ShellWords;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TextOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Style style = new Style(true);

    @Test
    void colours_of_ours_are_sent_and_those_of_a_name_are_shown() {
        new TextOutput(stream).line(style.bad("a\u001b[32mb") + "\u001b[0m\u001b[32;1234567890123456789m");
        assertThat(sent()).isEqualTo("\u001b[31ma\\u001b[32mb\u001b[0m\\u001b[0m\\u001b[32;1234567890123456789m\n");
    }

    @Test
    void a_line_stays_one_and_a_message_is_indented() {
        new TextOutput(stream).line("a\nb");
        new TextOutput(stream).message(style.bad("error:") + " ", "a\nhint: b\r\nc");
        assertThat(sent()).isEqualTo("a\\nb\n\u001b[31merror:\u001b[0m a\n       hint: b\n       c\n");
    }

    @Test
    void cells_are_as_wide_as_what_is_seen_of_them() {
        TextTable table = new TextTable("NAME", ">ROWS");
        table.row("a\u0007", "1");
        table.row(style.good("orders"), "22");
        assertThat(table.lines(new Style(false)))
                .startsWith("NAME     ROWS", "a\\u0007     1")
                .last()
                .asString()
                .endsWith("   22");
    }

    @Test
    void data_is_exact_in_a_pipe_and_shown_where_somebody_sits() throws IOException {
        for (boolean terminal : new boolean[] {false, true}) {
            bytes.reset();
            var data = console(terminal, "").data();
            data.write("é\u001b\n\u009b".getBytes(StandardCharsets.UTF_8));
            data.flush();
            assertThat(sent()).isEqualTo(terminal ? "é\\u001b\n\\u009b" : "é\u001b\n\u009b");
        }
    }

    @Test
    void a_name_that_cannot_be_typed_is_typed_as_it_is_shown() {
        new Question(console(true, "shop\\u001b[31m\n")).confirm("drop it", "shop\u001b[31m");
        assertThat(sent()).isEqualTo("Type \u001b[1mshop\\u001b[31m\u001b[0m to drop it, q to quit: ");
    }

    @Test
    void what_is_quoted_for_a_shell_is_not_broken() {
        String name = "it's $(reboot) now";
        String word = ShellWords.word(name);
        assertThat(Paragraph.lines("take another one: pgkeep restore " + word + " and don't wait", 20))
                .containsExactly("take another one:", "pgkeep restore", word, "and don't wait");
        assertThat(Paragraph.lines("an 'open quote and no end", 10)).containsExactly("an 'open", "quote and", "no end");
    }

    private Console console(boolean terminal, String typed) {
        return new Console(
                stream,
                stream,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new Console.Screen(terminal, terminal, 80),
                new Cancellation());
    }

    private String sent() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
