package dev.pgkeep.cli;

import dev.pgkeep.app.Pgkeep;
import dev.pgkeep.postgres.connect.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the application's own command after a restore, for instance a client generator, with the connection in its
 * environment.
 */
final class AfterRestore {
    private final Session session;
    private final Pgkeep pgkeep;

    AfterRestore(Session session, Pgkeep pgkeep) {
        this.session = session;
        this.pgkeep = pgkeep;
    }

    /** The command's exit status; 0 when none is configured. */
    int run(Target target) {
        Optional<String> command = pgkeep.settings().commands().afterRestore();
        if (command.isEmpty()) {
            return 0;
        }
        session.finishProgress();
        session.console().err().println("Running: " + command.get());
        try {
            ProcessBuilder builder = new ProcessBuilder(shell(command.get()))
                    .directory(session.surroundings().workingDirectory().toFile())
                    .redirectErrorStream(true);
            target.libpqEnvironment().applyTo(builder.environment());
            Process process = builder.start();
            try (var registration = session.cancellation().onCancel(process::destroy)) {
                process.getOutputStream().close();
                process.getInputStream().transferTo(session.console().err());
                int status = process.waitFor();
                if (status != 0) {
                    session.progress()
                            .warn(command.get() + " ended with status " + status + "; the database itself is restored");
                }
                return status;
            }
        } catch (IOException e) {
            session.progress().warn("cannot run " + command.get() + ": " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static List<String> shell(String command) {
        return new ArrayList<>(
                System.getProperty("os.name", "").startsWith("Windows")
                        ? List.of("cmd", "/c", command)
                        : List.of("sh", "-c", command));
    }
}
