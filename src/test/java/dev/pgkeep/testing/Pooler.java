package dev.pgkeep.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PgBouncer in front of the server of a test. Where it is not installed, the test is skipped and says so.
 *
 * @param port where it listens, on the loopback interface
 */
public record Pooler(Process process, int serverPort, int port, Path folder) implements AutoCloseable {
    private static final Optional<Path> PROGRAM = Stream.concat(
                    Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin"))
            .map(folder -> Path.of(folder, "pgbouncer"))
            .filter(Files::isExecutable)
            .findFirst();

    /**
     * Starts one.
     *
     * @param mode session, transaction or statement
     */
    public static Pooler of(TestServer server, String mode) throws IOException {
        assumeTrue(PROGRAM.isPresent(), "needs a pooler: apt-get install pgbouncer");
        var cluster = server.cluster();
        int port = freePort();
        Path home = Files.createTempDirectory("pooler-");
        Path users = Files.writeString(
                home.resolve("users.txt"), "\"" + cluster.superuser() + "\" \"" + cluster.password() + "\"\n");
        Path configuration = Files.writeString(
                home.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = %s
                logfile = %s
                """.formatted(cluster.port(), port, users, mode, home.resolve("log")));
        Process process = new ProcessBuilder(command(home, configuration))
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile())
                .start();
        var pooler = new Pooler(process, cluster.port(), port, home);
        pooler.await();
        return pooler;
    }

    /** The URL of a database, through this pooler. */
    public String url(TestDatabase database) {
        return database.url().replace(":" + serverPort + "/", ":" + port + "/");
    }

    /** It refuses to run as root, and changes to another user then, who must be able to use its folder. */
    private static List<String> command(Path home, Path configuration) throws IOException {
        String program = PROGRAM.orElseThrow().toString();
        if (!System.getProperty("user.name").equals("root")) {
            return List.of(program, configuration.toString());
        }
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        return List.of(program, "-u", "nobody", configuration.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void await() throws IOException {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        close();
        throw new AssertionError("pgbouncer does not start: " + Files.readString(folder.resolve("output")));
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (NoSuchFileException closedBefore) {
            // once is enough
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
