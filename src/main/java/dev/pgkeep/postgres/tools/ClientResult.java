package dev.pgkeep.postgres.tools;

import java.util.List;

/**
 * The end of a client program.
 *
 * @param status its exit status; 0 is success
 * @param stderrTail the last lines it wrote to stderr, oldest first
 * @param tookAllInput false when it stopped reading stdin before everything was fed. Not exact at the end: the last
 *     bytes may lie unread in the pipe
 */
public record ClientResult(int status, List<String> stderrTail, boolean tookAllInput) {
    public ClientResult {
        stderrTail = List.copyOf(stderrTail);
    }

    public boolean ok() {
        return status == 0;
    }
}
