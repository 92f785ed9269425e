package dev.pgkeep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** pgkeep at work in a child process: look at what it has printed so far, type, interrupt, kill. */
public final class RunningPgkeep implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long POLL_MILLIS = 10;

    private final Process process;
    private final boolean terminal;
    private final Captured stdout;
    private final Captured stderr;

    RunningPgkeep(Process process, boolean terminal) {
        this.process = process;
        this.terminal = terminal;
        this.stdout = new Captured(process.getInputStream());
        this.stderr = new Captured(process.getErrorStream());
    }

    /** The process id; of {@code script}, which runs pgkeep as its child, on a terminal. */
    public long pid() {
        return process.pid();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Everything printed so far. */
    public String output() {
        return stdout.text() + stderr.text();
    }

    /** Waits until this has been printed, on either stream. */
    public void waitFor(String text) {
        waitUntil(() -> output().contains(text), "it prints: " + text);
    }

    /** Waits until something outside of the process has come true. */
    public void waitUntil(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() && !condition.getAsBoolean()) {
                throw new AssertionError("ended before " + what + "\n" + output());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + what + "\n" + output());
            }
            pause();
        }
    }

    /** Writes to its stdin; on a terminal, end a line with {@code \n} as the Enter key does. */
    public void type(String text) {
        try {
            var input = process.getOutputStream();
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException gone) {
            // it ended without reading everything: the test sees that by its status
        }
    }

    /** Ctrl-C: on a terminal the key, which reaches the children of pgkeep as well; else SIGINT to pgkeep alone. */
    public void interrupt() {
        if (terminal) {
            type("\u0003");
        } else {
            Commands.run(List.of("kill", "-INT", Long.toString(pid())));
        }
    }

    /** SIGKILL, to pgkeep alone: its children are not told. */
    public void kill() {
        if (terminal) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    /** Closes its stdin (not on a terminal, whose end of input would be typed) and waits for its end. */
    public Commands.Finished end() {
        try {
            if (!terminal) {
                process.getOutputStream().close();
            }
        } catch (IOException gone) {
            // it has ended already
        }
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("does not end\n" + output());
            }
            stdout.end();
            stderr.end();
            return new Commands.Finished(process.exitValue(), stdout.text(), stderr.text());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    /** Collects a stream as it comes. */
    private static final class Captured {
        private final StringBuffer text = new StringBuffer();
        private final Thread reader;

        Captured(InputStream stream) {
            reader = Thread.startVirtualThread(() -> read(stream));
        }

        String text() {
            return text.toString();
        }

        /** A grandchild may hold the stream open for ever: after its process has ended, this waits a little only. */
        void end() throws InterruptedException {
            reader.join(Duration.ofSeconds(5));
        }

        private void read(InputStream stream) {
            try (var characters = new java.io.InputStreamReader(stream, StandardCharsets.UTF_8)) {
                char[] buffer = new char[4096];
                for (int length = characters.read(buffer); length >= 0; length = characters.read(buffer)) {
                    text.append(buffer, 0, length);
                }
            } catch (IOException ended) {
                // what was printed until then is kept
            }
        }
    }
}
