package dev.pgkeep.cli.render;

import dev.pgkeep.base.units.Visible;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Text for people, on a terminal or in a log that is shown on one later. It is the only way there: whatever a name, a
 * value or a server's message holds, the terminal gets nothing but letters of it, and no line that is not ours. Only
 * {@link Style} and the moving line send anything else.
 */
public final class TextOutput {
    private static final String BEGIN_AGAIN = "\r\u001b[2K";

    private final PrintStream stream;

    TextOutput(PrintStream stream) {
        this.stream = stream;
    }

    /** Prints one line. */
    public void line(String line) {
        stream.println(Style.sent(line));
    }

    /** A message that may have several lines: those after the first are indented, so that none looks like ours. */
    public void message(String title, String text) {
        String indent = " ".repeat(Paragraph.columns(title));
        String before = title;
        for (String each : text.split("\\R", -1)) {
            line(before + each);
            before = indent;
        }
    }

    /** A document of several lines, for instance JSON, of which it stays the same: it has the same escapes. */
    public void document(String text) {
        stream.println(Visible.lines(text));
    }

    /** Prints the question that stands before an answer. */
    void prompt(String text) {
        stream.print(Style.sent(text));
        stream.flush();
    }

    /** Draws a line in the place of the line that was drawn before. */
    void draw(String line) {
        stream.print(BEGIN_AGAIN + Style.sent(line));
        stream.flush();
    }

    void erase() {
        stream.print(BEGIN_AGAIN);
    }

    /** The stream for what is made as bytes of UTF-8, line by line. Not to be closed; to be flushed. */
    OutputStream bytes() {
        return new OutputStream() {
            private final ByteArrayOutputStream line = new ByteArrayOutputStream();

            @Override
            public void write(int each) {
                line.write(each);
                if (each == '\n') {
                    flush();
                }
            }

            @Override
            public void flush() {
                stream.print(Visible.lines(line.toString(StandardCharsets.UTF_8)));
                stream.flush();
                line.reset();
            }
        };
    }
}
