package dev.pgkeep.operation.appcommand;

import java.time.Duration;

/**
 * The end of a command: its status, its time, and why it ended.
 *
 * @param status its exit status; 128 and the number of the signal when a signal ended it
 * @param took how long it ran
 * @param end why it ended
 */
public record CommandResult(String command, int status, Duration took, End end) {
    /** The reason why a command ended. */
    public enum End {
        /** The command ended by itself. */
        EXITED,
        /** A signal that was not ours. */
        SIGNALLED,
        /** The command took longer than it may, and was ended. */
        TOO_LONG,
        /** Ctrl-C. */
        INTERRUPTED
    }

    public boolean isGood() {
        return status == 0 && end == End.EXITED;
    }

    /** Whether the command did not end by itself. */
    public boolean wasKilled() {
        return end != End.EXITED;
    }

    /** The end in words: {@code ended with status 3}. */
    public String describe() {
        return switch (end) {
            case EXITED -> "ended with status " + status;
            case SIGNALLED -> "was ended by signal " + (status - 128);
            case TOO_LONG -> "took too long and was ended";
            case INTERRUPTED -> "was interrupted";
        };
    }
}
