package dev.pgkeep.cli;

import dev.pgkeep.app.ProductVersion;
import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.error.FileProblem;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.base.units.Words;
import dev.pgkeep.cli.render.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Parses, runs, and turns whatever happens into an exit status: the only place where that is done. */
public final class CommandLineRunner {
    private final ProcessContext surroundings;
    private final Cancellation cancellation;

    public CommandLineRunner(ProcessContext surroundings, Cancellation cancellation) {
        this.surroundings = surroundings;
        this.cancellation = cancellation;
        // Who has such a word for a password shall still be able to read what pgkeep says.
        KnownSecrets.addName("pgkeep");
        Commands.ALL.keySet().forEach(name -> List.of(name.split(" ")).forEach(KnownSecrets::addName));
    }

    /** Runs a command line. */
    public ExitStatus run(List<String> arguments) {
        List<String> words = Aliases.resolve(arguments);
        if (words.isEmpty() || List.of("-h", "--help").contains(words.getFirst())) {
            surroundings.out().println(Help.overview());
            return ExitStatus.DONE;
        }
        if (List.of("-V", "--version").contains(words.getFirst())) {
            surroundings.out().println("pgkeep " + ProductVersion.read());
            return ExitStatus.DONE;
        }
        GlobalOptions none = new GlobalOptions();
        none.json = words.contains("--json");
        Console plain = console(none);
        String name = words.getFirst();
        Commands.Entry command = Commands.ALL.get(name);
        return command == null
                ? new ErrorOutput(plain, none).print(unknown(name))
                : run(name, command.action().get(), words.subList(1, words.size()));
    }

    private ExitStatus run(String name, Action action, List<String> arguments) {
        CommandLine parser = Help.parser(name, action);
        try {
            parser.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            boolean json = arguments.contains("--json");
            GlobalOptions options = new GlobalOptions();
            options.json = json;
            return new ErrorOutput(console(options), options).print(Help.usageError(e, name));
        }
        if (parser.isUsageHelpRequested()) {
            surroundings.out().println(Help.usage(parser, console(action.global())));
            return ExitStatus.DONE;
        }
        return run(action);
    }

    private ExitStatus run(Action action) {
        GlobalOptions options = action.global();
        KnownSecrets.learn(surroundings.environment());
        Optional.ofNullable(options.url).ifPresent(KnownSecrets::learn);
        try (LogFile log = LogFile.open(surroundings, options.logFile)) {
            return run(action, console(options, log));
        } catch (PgkeepException e) {
            options.logFile = null;
            return new ErrorOutput(console(options), options).print(e);
        }
    }

    private ExitStatus run(Action action, Console console) {
        Session session = new Session(surroundings, action.global(), console, cancellation);
        ExitStatus status = run(action, session);
        session.tellTimings();
        return status;
    }

    private ExitStatus run(Action action, Session session) {
        try (session) {
            ExitStatus status = action.run(session);
            session.finishProgress();
            if (surroundings.out().checkError() && !isNobodyReading()) {
                throw new PgkeepException(
                        ErrorCode.FILE_FAILED, "the output could not be written to its end", "is the disk full?");
            }
            return status;
        } catch (PgkeepException e) {
            return failed(session, cancellation.isCancelled() ? interrupted(e) : e);
        } catch (RuntimeException e) {
            return failed(session, internal(e));
        } catch (LinkageError e) {
            return failed(session, FileProblem.ofLibrary(e));
        }
    }

    /** The end of a run that failed after its result was printed: no second document. */
    private static ExitStatus failed(Session session, PgkeepException failure) {
        ErrorOutput output = new ErrorOutput(session.console(), session.options());
        return session.hasAnswered() ? output.tell(failure) : output.print(failure);
    }

    /**
     * Whether nobody reads the output any more: whoever reads the first lines of a pipe and closes it has what he
     * wanted.
     */
    private static boolean isNobodyReading() {
        try {
            // Not to be closed: it would close the standard output.
            new FileOutputStream(FileDescriptor.out).write('\n');
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("Broken pipe");
        }
    }

    /** The console without a log. */
    private Console console(GlobalOptions options) {
        return console(options, LogFile.open(surroundings, null));
    }

    private Console console(GlobalOptions options, LogFile log) {
        var environment = surroundings.environment();
        boolean interactive = surroundings.interactive();
        boolean colours = interactive
                && !options.noColour
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        int width = Optional.ofNullable(environment.get("COLUMNS"))
                .filter(text -> text.matches("\\d{2,4}"))
                .map(Integer::parseInt)
                .orElse(80);
        return log.console(new Console.Screen(interactive, colours, width), cancellation);
    }

    private static PgkeepException unknown(String name) {
        String meant = Words.nearest(name, Commands.ALL.keySet())
                .map(word -> "did you mean: pgkeep " + word)
                .orElse("pgkeep --help lists all commands");
        return new PgkeepException(ErrorCode.USAGE, "there is no command " + name, meant);
    }

    /** The failure after Ctrl-C, which failed because of it; what that left behind is still worth saying. */
    private static PgkeepException interrupted(PgkeepException e) {
        return e.code() == ErrorCode.INTERRUPTED
                ? e
                : new PgkeepException(ErrorCode.INTERRUPTED, "interrupted (" + e.getMessage() + ")", e.hint(), e);
    }

    private static PgkeepException internal(RuntimeException e) {
        String at = Arrays.stream(e.getStackTrace())
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("nowhere");
        return new PgkeepException(
                ErrorCode.INTERNAL,
                "an error inside pgkeep: " + e + " at " + at,
                "this is a bug; run it again with -v and report what it prints",
                e);
    }
}
