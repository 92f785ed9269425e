package dev.pgkeep.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line of pgkeep, to be run in a child process as a user would: a working folder, a clean environment, and
 * a terminal when asked. It is the native executable where that was built, see {@link NativePgkeep}. Immutable: every
 * method gives another one.
 *
 * <pre>{@code
 * var backup = PgkeepProcess.in(folder).env("DATABASE_URL", database.url()).args("backup", "--json").run();
 * assertThat(backup.status()).as(backup.output()).isZero();
 *
 * try (var running = PgkeepProcess.in(folder).args("restore").onTerminal().start()) {
 *     running.waitFor("Type yes");
 *     running.type("yes\n");
 *     running.end();
 * }
 * }</pre>
 *
 * @param folder the working folder, and HOME
 * @param environment the whole environment of the child
 * @param arguments what follows {@code pgkeep} on the command line
 * @param terminal whether stdin, stdout and stderr are one terminal of 100 columns
 * @param mainClass what to start
 * @param heap the option that limits the heap of the JVM
 */
public record PgkeepProcess(
        Path folder,
        Map<String, String> environment,
        List<String> arguments,
        boolean terminal,
        String mainClass,
        String heap) {
    private static final String PGKEEP = "dev.pgkeep.Main";
    private static final String NATIVE = "the native executable";
    private static final List<String> JVM =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED");

    /** A parent that runs in the background may ignore Ctrl-C, and children inherit that. */
    private static final List<String> HEED_SIGNALS = heedSignals();

    /**
     * In a folder, with nothing in the environment but what every program needs. All client programs are found. What
     * files name may be run; tests of that set PGKEEP_TRUST otherwise.
     */
    public static PgkeepProcess in(Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", PostgresClients.environment().getOrDefault("PATH", ""));
        environment.put("HOME", folder.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("TZ", "UTC");
        environment.put("PGKEEP_TRUST", "all");
        environment.put(PostgresClients.ALLOW_OLD, "true");
        return new PgkeepProcess(folder, environment, List.of(), false, PGKEEP, "-Xmx256m");
    }

    /** Sets a variable, or removes it. */
    public PgkeepProcess env(String name, @Nullable String value) {
        Map<String, String> changed = new HashMap<>(environment);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new PgkeepProcess(folder, changed, arguments, terminal, mainClass, heap);
    }

    public PgkeepProcess args(String... words) {
        return new PgkeepProcess(folder, environment, List.of(words), terminal, mainClass, heap);
    }

    /** On a terminal: prompts are asked, everything printed is in stdout. Needs {@code script} of util-linux. */
    public PgkeepProcess onTerminal() {
        return new PgkeepProcess(folder, environment, arguments, true, mainClass, heap);
    }

    /**
     * On Java, with so much heap as the installed program has, given as {@code -Xmx384m}; the executable has it always.
     */
    public PgkeepProcess heap(String option) {
        return new PgkeepProcess(folder, environment, arguments, terminal, mainClass, option);
    }

    /** The native executable, also where nobody asked for it by {@code -Dpgkeep.native}. */
    public PgkeepProcess onNative() {
        return new PgkeepProcess(folder, environment, arguments, terminal, NATIVE, heap);
    }

    /** Another program of the test's class path instead of pgkeep. */
    PgkeepProcess running(Class<?> program) {
        return new PgkeepProcess(folder, environment, arguments, terminal, program.getName(), heap);
    }

    /** Runs it to its end, with nothing on stdin. */
    public Commands.Finished run() {
        try (var running = start()) {
            return running.end();
        }
    }

    /** Runs it to its end, with this on stdin (typed at once, on a terminal). */
    public Commands.Finished run(String input) {
        try (var running = start()) {
            running.type(input);
            return running.end();
        }
    }

    /** Starts it; close it, which kills it when it still runs. */
    public RunningPgkeep start() {
        var builder = new ProcessBuilder(terminal ? onTerminal(command()) : command()).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        if (terminal) {
            builder.environment().putIfAbsent("TERM", "xterm");
        }
        try {
            return new RunningPgkeep(builder.start(), terminal);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start " + builder.command(), failure);
        }
    }

    private List<String> command() {
        List<String> words = new ArrayList<>(HEED_SIGNALS);
        if (mainClass.equals(NATIVE) || isNativeByChoice()) {
            words.add(NativePgkeep.executable().toString());
        } else {
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(JVM);
            words.add(heap);
            words.addAll(program());
        }
        words.addAll(arguments);
        return words;
    }

    /** Not where the environment asks for Java, as the launcher has it. */
    private boolean isNativeByChoice() {
        return mainClass.equals(PGKEEP) && NativePgkeep.isForProcesses() && !environment.containsKey("PGKEEP_JVM");
    }

    private List<String> program() {
        Optional<List<String>> jar =
                mainClass.equals(PGKEEP) ? PackagedPgkeep.options() : Optional.<List<String>>empty();
        return jar.orElseGet(() -> List.of("-cp", classPath(), mainClass));
    }

    private static List<String> onTerminal(List<String> command) {
        String line = command.stream().map(PgkeepProcess::quoted).collect(Collectors.joining(" "));
        return List.of("script", "-qec", "stty cols 100 rows 40; exec " + line, "/dev/null");
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Absolute, because the child runs elsewhere. */
    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> heedSignals() {
        List<String> env = List.of("env", "--default-signal=INT,TERM,HUP");
        List<String> trial = new ArrayList<>(env);
        trial.add("true");
        return Commands.run(trial).status() == 0 ? env : List.of();
    }
}
