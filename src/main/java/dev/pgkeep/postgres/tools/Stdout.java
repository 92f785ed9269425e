package dev.pgkeep.postgres.tools;

import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The destination of a child's output. */
sealed interface Stdout {
    default void prepare(ProcessBuilder builder) throws IOException {}

    default void connect(Process process, StreamTasks tasks) {}

    record Discarded() implements Stdout {
        @Override
        public void prepare(ProcessBuilder builder) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
    }

    record File(Path file) implements Stdout {
        @Override
        public void prepare(ProcessBuilder builder) throws IOException {
            if (!Files.exists(file)) {
                Files.createFile(file, PrivateMode.FILE.attributes(file));
            }
            builder.redirectOutput(file.toFile());
        }
    }

    record Taken(ClientProcess.OutputConsumer taker) implements Stdout {
        @Override
        public void connect(Process process, StreamTasks tasks) {
            tasks.start("stdout", () -> {
                try (var in = process.getInputStream()) {
                    taker.take(in);
                    in.transferTo(OutputStream.nullOutputStream());
                }
            });
        }
    }
}
