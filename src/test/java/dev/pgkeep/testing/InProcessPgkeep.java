package dev.pgkeep.testing;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.app.config.Sources;
import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.cli.CommandLineRunner;
import dev.pgkeep.cli.ProcessContext;
import dev.pgkeep.testing.Commands.Finished;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * pgkeep run in this JVM, which is quicker than a process each time: its command line, or its engine without one. With
 * {@code -Dpgkeep.native} command lines run on the native executable instead, wherever a process can do what is asked.
 * Immutable: every method gives another one. What a test is to interrupt or kill runs in a {@link PgkeepProcess}, see
 * {@link #process}.
 *
 * @param folder the working folder
 * @param home the user's home folder
 * @param environment all variables that pgkeep finds
 * @param clock the time
 * @param input what is typed, all at once
 * @param terminal whether pgkeep believes to be on a terminal
 * @param heard where its standard error goes instead of into what is returned; null for there
 */
public record InProcessPgkeep(
        Path folder,
        Path home,
        Map<String, String> environment,
        Clock clock,
        String input,
        boolean terminal,
        @Nullable PrintStream heard) {

    /**
     * In a folder that is home as well, with nothing in the environment but the way to all client programs. What files
     * name may be run; tests of that set PGKEEP_TRUST otherwise.
     */
    public static InProcessPgkeep in(Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", PostgresClients.environment().getOrDefault("PATH", ""));
        environment.put("HOME", folder.toString());
        environment.put("PGKEEP_TRUST", "all");
        return new InProcessPgkeep(folder, folder, environment, Clock.systemUTC(), "", false, null);
    }

    /** One on a database, which every command then means. */
    public static InProcessPgkeep on(TestDatabase database, Path folder) {
        return in(folder).env("DATABASE_URL", database.url());
    }

    /** Sets a variable, or removes it. */
    public InProcessPgkeep env(String name, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(environment);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new InProcessPgkeep(folder, home, changed, clock, input, terminal, heard);
    }

    /** With these variables and no others. */
    public InProcessPgkeep environment(Map<String, String> all) {
        return new InProcessPgkeep(folder, home, Map.copyOf(all), clock, input, terminal, heard);
    }

    public InProcessPgkeep home(Path other) {
        return new InProcessPgkeep(folder, other, environment, clock, input, terminal, heard);
    }

    public InProcessPgkeep at(Clock time) {
        return new InProcessPgkeep(folder, home, environment, time, input, terminal, heard);
    }

    /** Somebody types this, at what pgkeep takes for a terminal. */
    public InProcessPgkeep answering(String answer) {
        return new InProcessPgkeep(folder, home, environment, clock, answer, true, heard);
    }

    /** What it says meanwhile goes here, for tests that act upon it. */
    public InProcessPgkeep heardBy(PrintStream listener) {
        return new InProcessPgkeep(folder, home, environment, clock, input, terminal, listener);
    }

    /** Runs a command line to its end. */
    public Finished run(String... words) {
        if (NativePgkeep.isForEverything() && canBeAnyProcess()) {
            return process(words).run(input);
        }
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = run(printing(out), heard == null ? printing(err) : heard, words);
        return new Finished(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command line that prints to these streams, which may be one; its exit status. */
    public int run(PrintStream out, PrintStream err, String... words) {
        var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        var context = new ProcessContext(environment, folder, home, out, err, in, terminal, clock, "pgkeep");
        return new CommandLineRunner(context, new Cancellation())
                .run(List.of(words))
                .number();
    }

    /** The engine without a command line, as it is configured here. */
    public Pgkeep engine() {
        return engine(Progress.SILENT);
    }

    public Pgkeep engine(Progress progress) {
        var sources = new Sources(environment, folder, home, Map.of(), Trust.everything());
        return Pgkeep.open(sources, clock, progress, new Cancellation());
    }

    /** Nothing is asked of it that only works inside of this JVM. */
    private boolean canBeAnyProcess() {
        return !terminal && heard == null && clock.equals(Clock.systemUTC());
    }

    /** The same command line in a process of its own, on the machine's own time. */
    public PgkeepProcess process(String... words) {
        PgkeepProcess process = PgkeepProcess.in(folder).env("HOME", home.toString());
        for (var variable : environment.entrySet()) {
            process = process.env(variable.getKey(), variable.getValue());
        }
        return process.args(words);
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
