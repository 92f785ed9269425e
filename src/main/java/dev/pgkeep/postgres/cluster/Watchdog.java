package dev.pgkeep.postgres.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell that waits for the end of a pipe and then stops the server and removes the folder. It ignores the signals of
 * a terminal, so that Ctrl-C does not end it before its work is done.
 */
final class Watchdog {
    private static final long PATIENCE_SECONDS = 40;

    private static final String TAKE_DOWN = """
            trap '' HUP INT QUIT TERM
            pg_ctl=${1:?} folder=${2:?}
            while read -r word; do :; done
            if [ -f "$folder/data/postmaster.pid" ]; then
                "$pg_ctl" stop -s -D "$folder/data" -m fast -t 5 ||
                    "$pg_ctl" stop -s -D "$folder/data" -m immediate -t 20
            fi
            cd /
            rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }
            """;

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /** Begins to watch over a folder. */
    static Watchdog over(Path folder, ServerPrograms programs, ServerUser user) throws IOException {
        var words = List.of("sh", "-c", TAKE_DOWN, "pgkeep-watchdog", programs.pgCtl(), folder.toString());
        var shell = user.command(folder, words)
                .prepare()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Watchdog(shell);
    }

    /** Lets the watchdog do its work, and waits until it is done. */
    void takeDown() {
        try {
            shell.getOutputStream().close();
        } catch (IOException gone) {
            // a watchdog that is dead already has nothing to read
        }
        try {
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
