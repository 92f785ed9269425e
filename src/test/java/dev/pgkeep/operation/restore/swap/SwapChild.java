package dev.pgkeep.operation.restore.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.testing.InProcessPgkeep;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * pgkeep in a process that dies at once, as by kill -9, when a certain line is printed; the first argument is the text
 * of that line. After a {@code +} it lives on until it next asks for the time: after the names were swapped that is
 * when it is about to write down the end of the run.
 */
public final class SwapChild {
    private static volatile boolean doomed;

    private SwapChild() {}

    public static void main(String[] arguments) {
        boolean later = arguments[0].startsWith("+");
        String text = later ? arguments[0].substring(1) : arguments[0];
        PrintStream err = new PrintStream(new Listening(System.err, text, later), true, StandardCharsets.UTF_8);
        String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
        Path folder = Path.of("").toAbsolutePath();
        var program = new InProcessPgkeep(folder, folder, System.getenv(), new LastClock(), "", false, err);
        System.exit(program.run(words).status());
    }

    /** Runs it, and wants it to die there. */
    public static int killedAt(Shop where, String step, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath(),
                SwapChild.class.getName(),
                step));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(where.folder().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(where.program().environment());
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status).as(output).isEqualTo(137);
        return status;
    }

    private static String classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private static void die() {
        Runtime.getRuntime().halt(137);
    }

    private static final class Listening extends FilterOutputStream {
        private final StringBuilder heard = new StringBuilder();
        private final String text;
        private final boolean later;

        Listening(OutputStream to, String text, boolean later) {
            super(to);
            this.text = text;
            this.later = later;
        }

        @Override
        public void write(int letter) throws IOException {
            super.write(letter);
            heard.append((char) letter);
            if (letter == '\n' && heard.indexOf(text) >= 0) {
                if (!later) {
                    die();
                }
                doomed = true;
            }
        }
    }

    private static final class LastClock extends Clock {
        @Override
        public Instant instant() {
            if (doomed && !beginning()) {
                die();
            }
            return Instant.now();
        }

        /** The lines of progress bear times too. */
        private static boolean beginning() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.noneMatch(frame -> frame.getClassName().endsWith("RunRecord")
                                    && frame.getMethodName().equals("ended")));
        }

        @Override
        public ZoneId getZone() {
            return ZoneId.of("UTC");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
