package dev.pgkeep.operation.appcommand;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.process.ProcessTree;
import dev.pgkeep.base.process.ProcessWatchdog;
import dev.pgkeep.base.progress.Cancellation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of a command. */
final class CommandProcess {
    private static final int SIGNALLED = 128;
    private static final int LAST_SIGNAL = 64;
    private static final Duration SAME_KEY = Duration.ofMillis(300);

    private final ApplicationCommand command;
    private final CommandPlace place;
    private final Map<String, String> environment;
    private final Cancellation cancellation;

    CommandProcess(
            ApplicationCommand command,
            CommandPlace place,
            Map<String, String> environment,
            Cancellation cancellation) {
        this.command = command;
        this.place = place;
        this.environment = environment;
        this.cancellation = cancellation;
    }

    CommandResult run(Optional<Duration> limit) {
        cancellation.check();
        long began = System.nanoTime();
        Process process = start();
        ProcessTree tree = new ProcessTree(process);
        try (ProcessWatchdog leash = ProcessWatchdog.on(process);
                var registration = cancellation.onCancel(tree::end);
                PassedLines lines = PassedLines.of(process, place.output())) {
            boolean inTime = await(process, limit);
            if (!inTime) {
                tree.end();
            }
            int status = process.waitFor();
            lines.join();
            return new CommandResult(
                    command.text(), status, Duration.ofNanos(System.nanoTime() - began), end(status, inTime));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        } finally {
            tree.kill();
        }
    }

    private static boolean await(Process process, Optional<Duration> limit) throws InterruptedException {
        return limit.isEmpty() || process.waitFor(limit.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private CommandResult.End end(int status, boolean inTime) throws InterruptedException {
        if (status != 0 && place.output() instanceof CommandOutput.Terminal) {
            awaitCtrlC();
        }
        if (cancellation.isCancelled()) {
            return CommandResult.End.INTERRUPTED;
        }
        if (!inTime) {
            return CommandResult.End.TOO_LONG;
        }
        return status > SIGNALLED && status <= SIGNALLED + LAST_SIGNAL
                ? CommandResult.End.SIGNALLED
                : CommandResult.End.EXITED;
    }

    /** The key goes to both, and the command may have ended of it before we notice. */
    private void awaitCtrlC() throws InterruptedException {
        for (long waited = 0; waited < SAME_KEY.toMillis() && !cancellation.isCancelled(); waited += 10) {
            Thread.sleep(10);
        }
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(List.copyOf(command.words()))
                .directory(place.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        switch (place.output()) {
            case CommandOutput.Terminal terminal -> builder.inheritIO();
            case CommandOutput.Lines lines when lines.input() -> builder.redirectInput(Redirect.INHERIT);
            case CommandOutput.Lines lines -> builder.redirectInput(Redirect.PIPE);
        }
        try {
            Process process = builder.start();
            if (builder.redirectInput() == Redirect.PIPE) {
                process.getOutputStream().close();
            }
            return process;
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.COMMAND_FAILED,
                    "cannot run " + command.text() + ": " + e.getMessage(),
                    "check that it runs by itself in " + place.folder(),
                    e);
        }
    }
}
