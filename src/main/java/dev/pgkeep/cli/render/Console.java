package dev.pgkeep.cli.render;

import dev.pgkeep.base.progress.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The streams from which a run reads and to which it writes.
 *
 * <p>Whether a person sits there is told from outside, since it depends on all three streams.
 */
public final class Console {
    private final PrintStream rawOut;
    private final PrintStream rawErr;
    private final TextOutput out;
    private final TextOutput err;
    private final BufferedReader in;
    private final Screen screen;
    private final Cancellation cancellation;

    /**
     * The screen of whoever looks on.
     *
     * @param interactive whether stdin and stdout are a terminal
     * @param colours whether colours are wanted there
     * @param width columns of the terminal
     */
    public record Screen(boolean interactive, boolean colours, int width) {
        /** This screen without colours. */
        public Screen plain() {
            return new Screen(interactive, false, width);
        }
    }

    /** @param cancellation ends the waiting for a line */
    public Console(PrintStream out, PrintStream err, InputStream in, Screen screen, Cancellation cancellation) {
        this.rawOut = out;
        this.rawErr = err;
        this.out = new TextOutput(out);
        this.err = new TextOutput(err);
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.screen = screen;
        this.cancellation = cancellation;
    }

    /** Results, for people. */
    public TextOutput out() {
        return out;
    }

    /** Progress, warnings and errors, for people. */
    public TextOutput err() {
        return err;
    }

    /** Data for programs: to the letter in a pipe or a file, and only shown where somebody sits. To be flushed. */
    public OutputStream data() {
        return screen.interactive() ? out.bytes() : rawOut;
    }

    /**
     * The output for the words of the user's own commands, which have the terminal as they would have it without
     * pgkeep.
     */
    public PrintStream rawOut() {
        return rawOut;
    }

    /** The error stream for the words of the user's own commands, as {@link #rawOut}. */
    public PrintStream rawErr() {
        return rawErr;
    }

    public boolean isInteractive() {
        return screen.interactive();
    }

    public int width() {
        return screen.width();
    }

    /** Colours and weight, where they are wanted. */
    public Style style() {
        return new Style(screen.colours());
    }

    /**
     * Reads a line that a person typed; null at the end of input.
     *
     * @throws dev.pgkeep.base.error.PgkeepException INTERRUPTED when Ctrl-C is pressed instead
     */
    public @Nullable String readLine(String prompt) {
        err.prompt(prompt);
        // Nothing ends a read from a terminal but a line: so a thread that may be left behind reads.
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("read-line").start(() -> line.complete(next()));
        try (var registration = cancellation.onCancel(() -> line.complete(null))) {
            String typed = line.join();
            if (typed == null) {
                err.line("");
            }
            cancellation.check();
            return typed;
        }
    }

    private @Nullable String next() {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }
}
