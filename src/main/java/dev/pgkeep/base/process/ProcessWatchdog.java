package dev.pgkeep.base.process;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shell that waits for the end of a pipe and then ends a child and everything it started, so that a pgkeep that is
 * killed leaves nothing running which nobody wants any more. It ignores the signals of a terminal; pgkeep itself ends
 * it when the child has ended.
 */
public final class ProcessWatchdog implements AutoCloseable {
    private static final String HOLD = """
            trap '' HUP INT QUIT TERM
            while read -r word; do :; done
            below() {
                ps -A -o pid= -o ppid= | while read -r pid parent; do
                    if [ "$parent" = "$1" ]; then echo "$pid"; below "$pid"; fi
                done
            }
            all="$1 $(below "$1" 2>/dev/null)"
            kill -TERM $all
            sleep 3
            kill -KILL $all
            """;

    private final @Nullable Process shell;

    private ProcessWatchdog(@Nullable Process shell) {
        this.shell = shell;
    }

    /** Starts a watchdog for a child; where there is no such shell, the child is on its own. */
    public static ProcessWatchdog on(Process child) {
        try {
            List<String> words = List.of("sh", "-c", HOLD, "pgkeep-leash", Long.toString(child.pid()));
            return new ProcessWatchdog(new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            return new ProcessWatchdog(null);
        }
    }

    @Override
    public void close() {
        if (shell != null) {
            shell.destroyForcibly();
        }
    }
}
