package dev.pgkeep.operation.appcommand;

import dev.pgkeep.base.process.LineReader;
import dev.pgkeep.base.secret.RedactedText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Passes on what a command prints, line by line, without secrets. */
final class PassedLines implements AutoCloseable {
    /**
     * The time that is waited for the rest: what a command left running in the background may hold its streams open for
     * ever.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final List<InputStream> streams;
    private final List<Thread> readers = new ArrayList<>();

    private PassedLines(List<InputStream> streams) {
        this.streams = streams;
    }

    static PassedLines of(Process process, CommandOutput output) {
        return switch (output) {
            case CommandOutput.Terminal terminal -> new PassedLines(List.of());
            case CommandOutput.Lines lines -> {
                PassedLines passed = new PassedLines(List.of(process.getInputStream(), process.getErrorStream()));
                passed.pass(process.getInputStream(), lines.out());
                passed.pass(process.getErrorStream(), lines.err());
                yield passed;
            }
        };
    }

    /** Waits for the last lines of a command that has ended. */
    void join() throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(PATIENCE);
        }
    }

    @Override
    public void close() {
        for (InputStream stream : streams) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is not read any more.
            }
        }
    }

    private void pass(InputStream from, PrintStream to) {
        readers.add(Thread.ofVirtual().name("command-output").start(() -> {
            RedactedText text = new RedactedText();
            try (Reader reader = new InputStreamReader(from, StandardCharsets.UTF_8)) {
                LineReader lines = new LineReader(reader);
                for (var piece = lines.next(); piece != null; piece = lines.next()) {
                    to.print(text.take(piece.ends() ? piece.text() + '\n' : piece.text()));
                    to.flush();
                }
            } catch (IOException e) {
                // It was closed; what was read until then is passed on.
            }
            to.print(text.rest());
            to.flush();
        }));
    }
}
