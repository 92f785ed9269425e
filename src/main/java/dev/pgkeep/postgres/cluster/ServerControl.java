package dev.pgkeep.postgres.cluster;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.files.FileTree;
import dev.pgkeep.base.files.PrivateMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs initdb and pg_ctl on one cluster folder, as the user who may. */
final class ServerControl {
    private static final int PORT_ATTEMPTS = 5;

    private final ServerPrograms programs;
    private final ServerUser user;
    private final ClusterFolder folder;

    ServerControl(ServerPrograms programs, ServerUser user, ClusterFolder folder) {
        this.programs = programs;
        this.user = user;
        this.folder = folder;
    }

    /** Makes the data folder and the superuser. */
    void initialize(ClusterOptions options, Password password) throws IOException {
        Path passwordFile = folder.root().resolve("password");
        Files.createFile(passwordFile);
        Files.writeString(passwordFile, password.text() + "\n");
        handOver(passwordFile);
        var result = run(List.of(
                programs.initdb(),
                "--pgdata=" + folder.data(),
                "--username=" + options.superuser(),
                "--encoding=" + options.encoding(),
                "--locale=" + options.locale(),
                "--auth=" + (options.trust() ? "trust" : "scram-sha-256"),
                "--pwfile=" + passwordFile,
                "--no-sync"));
        Files.deleteIfExists(passwordFile);
        if (result.status() != 0) {
            throw failed("initdb of PostgreSQL " + programs.version() + " failed: " + result.summary(), null);
        }
        if (options.tls().isPresent()) {
            copyIn(options.tls().get().certificate(), "server.crt");
            copyIn(options.tls().get().key(), "server.key");
        }
    }

    /** Starts the server on a port that is free; another one when somebody is faster than us. */
    int startOnFreePort(ClusterOptions options) throws IOException {
        Path configuration = folder.data().resolve("postgresql.conf");
        String original = Files.readString(configuration);
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            Files.writeString(configuration, original + ServerSettings.lines(options, port, folder.sockets()));
            Optional<String> problem = tryStart();
            if (problem.isEmpty()) {
                return port;
            }
            if (attempt == PORT_ATTEMPTS || !Files.readString(folder.log()).contains("could not bind")) {
                throw failed("the temporary server did not start: " + problem.get(), null);
            }
            Files.delete(folder.log());
        }
    }

    void startAgain() {
        Optional<String> problem = tryStart();
        if (problem.isPresent()) {
            throw failed("the temporary server did not start again: " + problem.get(), null);
        }
    }

    void stop(String mode) {
        var result = run(List.of(
                programs.pgCtl(), "stop", "-s", "-w", "-D", folder.data().toString(), "-m", mode));
        if (result.status() != 0) {
            throw failed("the temporary server did not stop: " + result.summary(), null);
        }
    }

    void kill() {
        try {
            String pid =
                    Files.readAllLines(folder.data().resolve("postmaster.pid")).getFirst();
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(postmaster -> {
                postmaster.destroyForcibly();
                postmaster.onExit().join();
            });
        } catch (IOException failure) {
            throw failed("the temporary server is not running", failure);
        }
    }

    /** Does the watchdog's work where there is none: on Windows, and when somebody killed it. */
    void remove() {
        run(List.of(programs.pgCtl(), "stop", "-s", "-D", folder.data().toString(), "-m", "immediate"));
        try {
            FileTree.remove(folder.root());
        } catch (IOException stays) {
            // the next cluster made in the same place tries again
        }
    }

    private Optional<String> tryStart() {
        var result = run(List.of(
                programs.pgCtl(),
                "start",
                "-s",
                "-w",
                "-t",
                "60",
                "-D",
                folder.data().toString(),
                "-l",
                folder.log().toString()));
        return result.status() == 0 ? Optional.empty() : Optional.of(reason(result));
    }

    private String reason(Command.Result result) {
        try {
            return new Command.Result(result.status(), Files.readString(folder.log())).summary();
        } catch (IOException neverGotThatFar) {
            return result.summary();
        }
    }

    private Command.Result run(List<String> words) {
        return user.command(folder.root(), words).run();
    }

    private void copyIn(Path source, String name) throws IOException {
        Path copy = folder.data().resolve(name);
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
        handOver(copy);
    }

    private void handOver(Path file) throws IOException {
        PrivateMode.FILE.set(file);
        user.takeOver(file);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static PgkeepException failed(String message, @Nullable Throwable cause) {
        return new PgkeepException(
                ErrorCode.CLUSTER_FAILED, message, "check the PostgreSQL installation and the temporary folder", cause);
    }
}
