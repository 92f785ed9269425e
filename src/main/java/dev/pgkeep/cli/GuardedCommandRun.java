package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Entrusted;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.appcommand.ApplicationCommand;
import dev.pgkeep.operation.appcommand.CommandOutput;
import dev.pgkeep.operation.appcommand.CommandPlace;
import dev.pgkeep.operation.guard.Guard;
import dev.pgkeep.operation.guard.GuardOutcome;
import dev.pgkeep.operation.guard.GuardPlan;
import dev.pgkeep.operation.guard.GuardRequest;
import dev.pgkeep.postgres.connect.Target;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** Migrate and guard on the command line: show the plan, ask where the database is protected, run, report. */
final class GuardedCommandRun {
    private final Session session;
    private final Pgkeep pgkeep;
    private final GuardOptions options;

    GuardedCommandRun(Session session, Pgkeep pgkeep, GuardOptions options) {
        this.session = session;
        this.pgkeep = pgkeep;
        this.options = options;
    }

    /**
     * @param name migrate or guard
     * @param configured whether the command comes from the configuration
     * @param always whether it runs although no migration is pending
     */
    ExitStatus run(String name, ApplicationCommand command, boolean configured, boolean always) {
        Guard guard = pgkeep.guard(new RunIdentity(session.surroundings()).text(), session::finishProgress);
        GuardReport report = new GuardReport(session);
        GuardPlan plan = guard.plan(request(name, command, configured, always), pgkeep.target());
        if (plan.isIdle() && !options.dryRun) {
            return report.idle(plan);
        }
        guard.requireClient(plan);
        report.announce(plan);
        if (options.dryRun) {
            return report.dryRun(plan);
        }
        return switch (guard.run(plan, new DestructiveConfirmation(session, pgkeep, options.allowProtected))) {
            case GuardOutcome.Idle idle -> report.idle(idle.plan());
            case GuardOutcome.Failed failed -> report.failed(failed);
            case GuardOutcome.Done done -> report.done(done);
        };
    }

    private GuardRequest request(String name, ApplicationCommand command, boolean configured, boolean always) {
        boolean migration = name.equals(GuardRequest.MIGRATE);
        Target target = pgkeep.target();
        Optional<ApplicationCommand> check = options.noCheck
                ? Optional.empty()
                : Optional.ofNullable(options.check)
                        .or(() -> pgkeep.settings().commands().check().map(Entrusted::allowed))
                        .map(ApplicationCommand::shell);
        return new GuardRequest(
                name,
                wayBack(),
                migration ? Kind.PRE_MIGRATION : Kind.PRE_COMMAND,
                command,
                place(target, configured),
                check,
                place(target, options.check == null),
                Optional.ofNullable(options.timeout).map(GuardedCommandRun::span),
                options.rollback,
                options.postBackup
                        ? Optional.of(migration ? Kind.POST_MIGRATION : Kind.of("post-command"))
                        : Optional.empty(),
                always,
                !options.noWait);
    }

    /** The line that takes this run back, with what says which database and repository that is. */
    private String wayBack() {
        return new HintCommands(session.options()).in("pgkeep undo");
    }

    /**
     * The place where the command runs: on a terminal it has that for itself, unless what it prints is wanted
     * elsewhere.
     */
    private CommandPlace place(Target target, boolean configured) {
        boolean terminal =
                session.console().isInteractive() && !session.options().json && session.options().logFile == null;
        PrintStream err = session.console().rawErr();
        PrintStream out = session.options().json ? err : session.console().rawOut();
        return pgkeep.commandPlaces()
                .of(
                        target,
                        configured,
                        terminal ? new CommandOutput.Terminal() : new CommandOutput.Lines(out, err, !configured));
    }

    private static Duration span(String text) {
        return Spans.parse(text)
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        new PgkeepException(ErrorCode.USAGE, text + " is not a time", "for instance --timeout 10m"));
    }
}
