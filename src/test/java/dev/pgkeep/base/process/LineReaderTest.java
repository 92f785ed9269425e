package dev.pgkeep.base.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.secret.Redaction;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    @Test
    void every_end_of_line_ends_a_line_once() throws IOException {
        assertThat(lines(new StringReader("a\nb\r\nc\rd\n\n\r\re\r\n\nf")))
                .containsExactly("a", "b", "c", "d", "", "", "", "e", "", "f");
        assertThat(lines(new StringReader(""))).isEmpty();
        assertThat(lines(new StringReader("a\n"))).containsExactly("a");
    }

    /** One byte at a time, and lines around the length of the room. */
    @Test
    void lines_of_every_length_arrive_whole() throws IOException {
        Random random = new Random(1);
        List<String> wanted = new ArrayList<>();
        for (int around : new int[] {0, 1, LineReader.LONGEST, 3 * LineReader.LONGEST}) {
            for (int more = -2; more <= 2; more++) {
                wanted.add(("é x".repeat(LineReader.LONGEST + 2) + "y").substring(0, Math.max(0, around + more)));
            }
        }
        String text = String.join("\n", wanted) + "\nend";
        wanted.add("end");
        assertThat(lines(new StringReader(text))).isEqualTo(wanted);
        assertThat(lines(new StringReader(text) {
                    @Override
                    public int read(char[] into, int offset, int length) throws IOException {
                        return super.read(into, offset, Math.min(length, 1 + random.nextInt(700)));
                    }
                }))
                .isEqualTo(wanted);
    }

    @Test
    void a_line_without_an_end_is_passed_on_in_pieces_that_cut_no_word() throws IOException {
        var reader = new LineReader(new StringReader("postgres://app:secret@host/shop ".repeat(10_000)));
        int pieces = 0;
        for (var piece = reader.next(); piece != null; piece = reader.next()) {
            assertThat(piece.text().length()).isLessThanOrEqualTo(LineReader.LONGEST);
            assertThat(Redaction.redact(piece.text())).doesNotContain("secret");
            pieces++;
        }
        assertThat(pieces).isGreaterThan(30);
    }

    @Test
    void a_character_of_two_halves_is_not_cut() throws IOException {
        var reader = new LineReader(new StringReader("x" + "😀".repeat(LineReader.LONGEST)));
        for (var piece = reader.next(); piece != null; piece = reader.next()) {
            assertThat(Character.isHighSurrogate(
                            piece.text().charAt(piece.text().length() - 1)))
                    .isFalse();
        }
    }

    @Test
    void a_long_quoted_text_is_redacted_without_end_of_the_stack() {
        assertThat(Redaction.redact("password '" + "x".repeat(1_000_000))).isEqualTo("password '***'");
        assertThat(Redaction.redact("create user a password 'it''s' login"))
                .isEqualTo("create user a password '***' login");
    }

    private static List<String> lines(Reader from) throws IOException {
        var reader = new LineReader(from);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (var piece = reader.next(); piece != null; piece = reader.next()) {
            line.append(piece.text());
            if (piece.ends()) {
                lines.add(line.toString());
                line.setLength(0);
            }
        }
        return lines;
    }
}
