package dev.pgkeep.operation.guard;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandPlace;
import dev.pgkeep.operation.appcommand.CommandResult;
import dev.pgkeep.postgres.connect.Target;
import java.time.Duration;
import java.util.Optional;

/** The command, and the check after it. */
final class GuardedCommand {
    /** The status of a shell for a program that it does not find. */
    private static final int NOT_FOUND = 127;

    private final GuardRequest request;
    private final Target target;
    private final Runnable clearStage;
    private final Progress progress;
    private final Cancellation cancellation;

    GuardedCommand(
            GuardRequest request, Target target, Runnable clearStage, Progress progress, Cancellation cancellation) {
        this.request = request;
        this.target = target;
        this.clearStage = clearStage;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    CommandResult command() {
        return run(request.command(), request.place());
    }

    Optional<CommandResult> check() {
        return request.check().map(check -> run(check, request.checkPlace()));
    }

    /** The reason why the run failed, if it did. */
    Optional<PgkeepException> failure(CommandResult command, Optional<CommandResult> check) {
        if (command.end() == CommandResult.End.INTERRUPTED
                || check.filter(it -> it.end() == CommandResult.End.INTERRUPTED).isPresent()) {
            return Optional.of(new PgkeepException(
                    ErrorCode.INTERRUPTED,
                    "interrupted: " + command.command() + " was ended before it had finished",
                    ""));
        }
        if (!command.isGood()) {
            return Optional.of(failed(command, ""));
        }
        return check.filter(it -> !it.isGood()).map(it -> failed(it, "the check failed: "));
    }

    private CommandResult run(ApplicationCommand command, CommandPlace place) {
        clearStage.run();
        progress.note("running: " + command.text());
        try {
            return command.run(target, place, request.limit(), cancellation);
        } catch (PgkeepException e) {
            if (e.code() != ErrorCode.COMMAND_FAILED) {
                throw e;
            }
            progress.warn(e.getMessage());
            return new CommandResult(command.text(), NOT_FOUND, Duration.ZERO, CommandResult.End.EXITED);
        }
    }

    private static PgkeepException failed(CommandResult result, String prefix) {
        return new PgkeepException(ErrorCode.COMMAND_FAILED, prefix + result.command() + " " + result.describe(), "");
    }
}
