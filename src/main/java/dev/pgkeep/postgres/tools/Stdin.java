package dev.pgkeep.postgres.tools;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The source of a child's input. */
sealed interface Stdin {
    default void prepare(ProcessBuilder builder) throws IOException {}

    default void connect(Process process, StreamTasks tasks) {}

    record Nothing() implements Stdin {
        @Override
        public void connect(Process process, StreamTasks tasks) {
            tasks.closeQuietly(process.getOutputStream());
        }
    }

    record File(Path file) implements Stdin {
        @Override
        public void prepare(ProcessBuilder builder) throws IOException {
            if (!Files.exists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            builder.redirectInput(file.toFile());
        }
    }

    record Fed(ClientProcess.Feeder feeder) implements Stdin {
        @Override
        public void connect(Process process, StreamTasks tasks) {
            tasks.start("stdin", () -> {
                try (var pipe = new PipeToChild(process.getOutputStream())) {
                    feeder.feed(pipe);
                }
            });
        }
    }

    /** Tells a child that went away from a source that failed: only the first is no failure of its own. */
    final class PipeToChild extends OutputStream {
        private final OutputStream pipe;

        PipeToChild(OutputStream pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int oneByte) throws IOException {
            attempt(() -> pipe.write(oneByte));
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            attempt(() -> pipe.write(bytes, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(pipe::flush);
        }

        @Override
        public void close() throws IOException {
            attempt(pipe::close);
        }

        private static void attempt(StreamTasks.Step step) throws IOException {
            try {
                step.run();
            } catch (IOException e) {
                throw new ChildGone(e);
            }
        }
    }

    /** The child stopped reading. */
    final class ChildGone extends IOException {
        private static final long serialVersionUID = 1L;

        ChildGone(IOException cause) {
            super("the program stopped reading its input", cause);
        }
    }
}
