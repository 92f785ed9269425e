package dev.pgkeep.base.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads stderr to its end, hands every line on and keeps the last ones. A line can be as long as the statement that
 * failed, so it is cut at 4,000 characters; a consumer that throws does not stop the reading, or the child would stand
 * still.
 */
public final class StderrReader {
    private static final int LONGEST_LINE = 4_000;

    private final InputStream stream;
    private final Charset charset;
    private final Consumer<String> consumer;
    private final int keep;
    private final ArrayDeque<String> tail = new ArrayDeque<>();
    private final StringBuilder line = new StringBuilder();
    private @Nullable RuntimeException failure;

    public StderrReader(InputStream stream, Charset charset, Consumer<String> consumer, int keep) {
        this.stream = stream;
        this.charset = charset;
        this.consumer = consumer;
        this.keep = keep;
    }

    public void read() throws IOException {
        try (Reader reader = new InputStreamReader(stream, charset)) {
            char[] buffer = new char[8192];
            for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    add(buffer[i]);
                }
            }
        }
        endLine();
        if (failure != null) {
            throw failure;
        }
    }

    /** The last lines, oldest first; complete once {@link #read} has returned. */
    public synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    private void add(char character) {
        if (character == '\n' || character == '\r') {
            endLine();
        } else if (line.length() < LONGEST_LINE) {
            line.append(character);
        } else if (line.length() == LONGEST_LINE) {
            line.append('…');
        }
    }

    private void endLine() {
        if (line.isEmpty()) {
            return;
        }
        String text = line.toString();
        line.setLength(0);
        keep(text);
        try {
            consumer.accept(text);
        } catch (RuntimeException e) {
            failure = failure == null ? e : failure;
        }
    }

    private synchronized void keep(String text) {
        if (tail.size() == keep) {
            tail.removeFirst();
        }
        if (keep > 0) {
            tail.addLast(text);
        }
    }
}
