package dev.pgkeep.operation.refresh.ssh;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** Runs scripts on another machine, by the system's ssh. Never asks anybody anything. */
final class Ssh {
    private static final int UNREACHABLE = 255;
    private static final int ERROR_TEXT = 4096;
    private static final List<String> OPTIONS =
            List.of("-T", "-o", "BatchMode=yes", "-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=20");

    private final RemotePlace place;
    private final List<String> command;
    private final Cancellation cancellation;

    /** @param command the program and options that the user wants, for instance {@code ssh -i key} */
    Ssh(RemotePlace place, List<String> command, Cancellation cancellation) {
        this.place = place;
        this.command = List.copyOf(command);
        this.cancellation = cancellation;
    }

    /** The reader of a script's output. */
    @FunctionalInterface
    interface Reading<T> {
        T read(InputStream output) throws IOException;
    }

    /**
     * Runs a script of the Bourne shell and reads what it prints.
     *
     * @throws PgkeepException SOURCE_UNREACHABLE, or FILE_FAILED when the script failed or printed too little
     */
    <T> T run(String script, Reading<T> reading) {
        List<String> words = new ArrayList<>(command);
        words.addAll(OPTIONS);
        words.addAll(place.words());
        // By way of stdin a script may have any length, and the login shell over there does not matter.
        words.addAll(List.of("sh", "-s"));
        Process process = start(words);
        try (var registration = cancellation.onCancel(process::destroy);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), threads);
            var sending = CompletableFuture.runAsync(() -> send(process, script), threads);
            try {
                T result = reading.read(process.getInputStream());
                sending.join();
                end(process, errors.join());
                return result;
            } catch (IOException e) {
                process.destroy();
                cancellation.check();
                end(process, errors.join());
                throw new PgkeepException(
                        ErrorCode.FILE_FAILED,
                        "what " + place.host() + " sent is cut short: " + e.getMessage(),
                        "something changed there meanwhile, or the line broke: run it again",
                        e);
            } finally {
                process.destroy();
            }
        }
    }

    private Process start(List<String> words) {
        try {
            return new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new PgkeepException(
                    ErrorCode.SOURCE_UNREACHABLE,
                    "cannot start " + words.getFirst() + ": " + e.getMessage(),
                    "install the client of OpenSSH, or name it with the key refresh.ssh",
                    e);
        }
    }

    private void end(Process process, String errors) {
        try {
            int status = process.waitFor();
            cancellation.check();
            if (status == UNREACHABLE) {
                throw new PgkeepException(
                        ErrorCode.SOURCE_UNREACHABLE,
                        "cannot reach " + place.host() + " by ssh: " + lastLine(errors),
                        "no password is ever asked for, so a key must open the door; try: " + trial());
            }
            if (status != 0) {
                throw new PgkeepException(
                        ErrorCode.FILE_FAILED,
                        "cannot read " + place + ": " + lastLine(errors),
                        "look there yourself: " + trial());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Cancellation.interrupted();
        }
    }

    private String trial() {
        return "ssh " + place.port().map(port -> "-p " + port + " ").orElse("")
                + place.user().map(user -> user + "@").orElse("") + place.host();
    }

    private static void send(Process process, String script) {
        try (var out = process.getOutputStream()) {
            out.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything: its status says why.
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            byte[] first = stream.readNBytes(ERROR_TEXT);
            stream.transferTo(java.io.OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static String lastLine(String errors) {
        List<String> lines = errors.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty() ? "it did not say why" : lines.getLast();
    }
}
