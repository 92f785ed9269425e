package dev.pgkeep.cli;

import dev.pgkeep.cli.output.Console;
import dev.pgkeep.error.ErrorCode;
import dev.pgkeep.error.PgkeepException;
import dev.pgkeep.progress.Cancellation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** With {@code --log-file}, everything that is printed is appended to a file as well. */
final class LogFile {
    private LogFile() {}

    static Console console(
            Surroundings around,
            @Nullable Path file,
            boolean interactive,
            boolean colours,
            int width,
            Cancellation cancellation) {
        if (file == null) {
            return new Console(around.out(), around.err(), around.in(), interactive, colours, width, cancellation);
        }
        try {
            OutputStream log = Files.newOutputStream(
                    around.workingDirectory().resolve(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            // What moves on a terminal is no use in a file, so with a log there are lines instead.
            return new Console(
                    both(around.out(), log),
                    both(around.err(), log),
                    around.in(),
                    interactive,
                    false,
                    width,
                    cancellation);
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.FILE_FAILED, "cannot write the log file " + file, "check the path of --log-file", e);
        }
    }

    private static PrintStream both(PrintStream stream, OutputStream log) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int each) throws IOException {
                        stream.write(each);
                        log.write(each);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        stream.write(bytes, from, length);
                        log.write(bytes, from, length);
                    }

                    @Override
                    public void flush() throws IOException {
                        stream.flush();
                        log.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }
}
