package dev.pgkeep.cli.output;

import dev.pgkeep.progress.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a run reads and writes.
 *
 * <p>Whether a person sits there is told from outside, since it depends on all three streams.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final BufferedReader in;
    private final boolean interactive;
    private final boolean colours;
    private final int width;
    private final Cancellation cancellation;

    /**
     * @param interactive whether stdin and stdout are a terminal
     * @param colours whether colours are wanted there
     * @param width columns of the terminal
     * @param cancellation ends the waiting for a line
     */
    public Console(
            PrintStream out,
            PrintStream err,
            InputStream in,
            boolean interactive,
            boolean colours,
            int width,
            Cancellation cancellation) {
        this.out = out;
        this.err = err;
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.interactive = interactive;
        this.colours = colours;
        this.width = width;
        this.cancellation = cancellation;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public boolean isInteractive() {
        return interactive;
    }

    public int width() {
        return width;
    }

    /** Colours and weight, where they are wanted. */
    public Style style() {
        return new Style(colours);
    }

    /**
     * Reads a line that a person typed; null at the end of input.
     *
     * @throws dev.pgkeep.error.PgkeepException INTERRUPTED when Ctrl-C is pressed instead
     */
    public @Nullable String readLine(String prompt) {
        err.print(prompt);
        err.flush();
        // Nothing ends a read from a terminal but a line: so a thread that may be left behind reads.
        CompletableFuture<@Nullable String> line = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("read-line").start(() -> line.complete(next()));
        try (var registration = cancellation.onCancel(() -> line.complete(null))) {
            String typed = line.join();
            if (typed == null) {
                err.println();
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
