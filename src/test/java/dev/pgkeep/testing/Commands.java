package dev.pgkeep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Runs a program to its end. */
public final class Commands {
    private Commands() {}

    /** How a program ended, and what it said. */
    public record Finished(int status, String stdout, String stderr) {
        /** Both streams, for searching and for messages of failed assertions. */
        public String output() {
            return stdout + stderr;
        }
    }

    public static Finished run(List<String> words) {
        return run(new ProcessBuilder(words));
    }

    public static Finished run(Path workingFolder, List<String> words) {
        return run(new ProcessBuilder(words).directory(workingFolder.toFile()));
    }

    static Finished run(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            var stderr =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Thread::startVirtualThread);
            String stdout = text(process.getInputStream());
            return new Finished(process.waitFor(), stdout, stderr.join());
        } catch (IOException failure) {
            return new Finished(127, "", String.valueOf(failure.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + builder.command(), interrupted);
        }
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
