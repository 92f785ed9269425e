package dev.pgkeep;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.cli.CommandLineRunner;
import dev.pgkeep.cli.ProcessContext;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Starts the command line, carries Ctrl-C into it, and ends the process with its exit status. */
public final class Main {
    /** How long an interrupted run may take to put things in order. */
    private static final long TIDY_UP_MILLIS = 20_000;

    private Main() {}

    public static void main(String[] args) {
        QuietLogging.install();
        NativeExecutable.prepare(System.getenv());
        Cancellation cancellation = new Cancellation();
        Thread main = Thread.currentThread();
        Thread onInterrupt = new Thread(() -> interrupt(cancellation, main, isInteractive()), "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        ExitStatus status = run(
                NativeExecutable.unmarked(args),
                System.getenv(),
                System.out,
                System.err,
                System.in,
                isInteractive(),
                cancellation);
        System.out.flush();
        System.err.flush();
        if (!cancellation.isCancelled() && removed(onInterrupt)) {
            System.exit(status.number());
        }
    }

    private static boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** False when the JVM is going down already: a Ctrl-C at the very end. */
    private static boolean removed(Thread onInterrupt) {
        try {
            return Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Runs a command and does everything but ending the process, so that {@link Training} can run commands too. */
    static int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        return run(List.of(args), environment, out, err, InputStream.nullInputStream(), false, new Cancellation())
                .number();
    }

    private static ExitStatus run(
            List<String> arguments,
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            InputStream in,
            boolean interactive,
            Cancellation cancellation) {
        ProcessContext surroundings = new ProcessContext(
                environment,
                Path.of("").toAbsolutePath(),
                Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))),
                out,
                err,
                in,
                interactive,
                Clock.systemDefaultZone(),
                environment.getOrDefault("PGKEEP_LAUNCHER", "pgkeep"));
        return new CommandLineRunner(surroundings, cancellation).run(arguments);
    }

    /** Runs while the JVM goes down: tells the run to stop and waits until it has tidied up. */
    private static void interrupt(Cancellation cancellation, Thread main, boolean interactive) {
        System.err.println((interactive ? System.lineSeparator() : "") + "stopping: putting things in order …");
        System.err.flush();
        cancellation.cancel();
        try {
            main.join(TIDY_UP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
