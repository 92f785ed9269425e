package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.process.ProcessTree;
import dev.pgkeep.base.process.ProcessWatchdog;
import dev.pgkeep.base.process.StderrReader;
import dev.pgkeep.base.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A run of a client program: what to run and where its streams go. Without further words stdin is empty and stdout is
 * thrown away. The child speaks English ({@code LC_ALL=C}) so that its errors can be understood; that does not change
 * the encoding of a dump, which follows the server's because {@code PGCLIENTENCODING} is taken away.
 *
 * <p>The command list must never hold a password: everybody on the machine can read it.
 */
public final class ClientProcess {
    private static final int DEFAULT_TAIL = 40;

    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Set<String> unset = new TreeSet<>(Set.of("PGCLIENTENCODING", "LANGUAGE", "LC_MESSAGES"));
    private Stdin stdin = new Stdin.Nothing();
    private Stdout stdout = new Stdout.Discarded();
    private Charset charset = StandardCharsets.UTF_8;
    private Consumer<String> onStderr = line -> {};
    private int tail = DEFAULT_TAIL;
    private Optional<Duration> limit = Optional.empty();

    public ClientProcess(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** Variables to set, over what the child inherits. */
    public ClientProcess environment(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    /** Variables the child must not inherit. */
    public ClientProcess without(Set<String> variables) {
        unset.addAll(variables);
        return this;
    }

    /** Writes stdin from a thread of its own. A failure of the feeder ends the child and is thrown by {@link #run}. */
    public ClientProcess stdinFrom(Feeder feeder) {
        stdin = new Stdin.Fed(feeder);
        return this;
    }

    /** Lets the child read a file by itself. */
    public ClientProcess stdinFrom(Path file) {
        stdin = new Stdin.File(file);
        return this;
    }

    /** Lets the child write a file by itself, made with mode 600 or emptied. Not synced. */
    public ClientProcess stdoutTo(Path file) {
        stdout = new Stdout.File(file);
        return this;
    }

    /** Reads stdout in a thread of its own. What the taker leaves is thrown away; its failure ends the child. */
    public ClientProcess stdoutTo(OutputConsumer taker) {
        stdout = new Stdout.Taken(taker);
        return this;
    }

    /** The encoding of stderr; UTF-8 unless told. Names in messages come in the database's encoding. */
    public ClientProcess charset(Charset stderr) {
        charset = stderr;
        return this;
    }

    /** Receives every line of stderr as it comes, in one other thread. */
    public ClientProcess onStderr(Consumer<String> consumer) {
        onStderr = consumer;
        return this;
    }

    /** Keeps so many last lines of stderr for the result; 40 unless told. */
    public ClientProcess keep(int lines) {
        tail = lines;
        return this;
    }

    /** Ends the child when it takes longer. */
    public ClientProcess within(Duration time) {
        limit = Optional.of(time);
        return this;
    }

    /**
     * Starts the child and waits until it and everything around it has ended.
     *
     * @return how it ended; a status other than 0 is not an exception here
     * @throws PgkeepException TOOLS_MISSING when it cannot be started, INTERRUPTED when cancelled, COMMAND_FAILED when
     *     it took too long, FILE_FAILED when a stream failed; what the feeder, taker or consumer threw comes through
     */
    public ClientResult run(Cancellation cancellation) {
        cancellation.check();
        Process process = start();
        var stderr = new StderrReader(process.getErrorStream(), charset, onStderr, tail);
        var children = new ProcessTree(process);
        try (var leash = ProcessWatchdog.on(process);
                var registration = cancellation.onCancel(children::end);
                var streams = new StreamTasks(children)) {
            streams.start("stderr", stderr::read);
            stdout.connect(process, streams);
            stdin.connect(process, streams);
            int status = children.await(limit);
            streams.join();
            cancellation.check();
            streams.rethrow();
            return new ClientResult(status, stderr.tail(), streams.tookAllInput());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        } finally {
            children.kill();
        }
    }

    private Process start() {
        var builder = new ProcessBuilder(new ArrayList<>(command));
        unset.forEach(builder.environment()::remove);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        try {
            stdin.prepare(builder);
            stdout.prepare(builder);
        } catch (IOException e) {
            throw StreamTasks.translate(e);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.TOOLS_MISSING,
                    "cannot start " + command.getFirst() + ": " + e.getMessage(),
                    "check that the PostgreSQL client tools are installed completely",
                    e);
        }
    }

    /** Writes what the child reads. */
    @FunctionalInterface
    public interface Feeder {
        /** Returns when everything is written; the stream is closed afterwards. */
        void feed(OutputStream stdin) throws IOException;
    }

    /** Reads what the child writes. */
    @FunctionalInterface
    public interface OutputConsumer {
        void take(InputStream stdout) throws IOException;
    }
}
