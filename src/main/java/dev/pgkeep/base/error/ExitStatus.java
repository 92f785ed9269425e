package dev.pgkeep.base.error;

/** How a run of pgkeep ends, as the shell sees it. The numbers are a promise to scripts. */
public enum ExitStatus {
    /** Everything that was asked for was done. */
    DONE(0),
    /** Something went wrong while working. */
    FAILED(1),
    /** Wrong usage or configuration: nothing was started. */
    USAGE(2),
    /** A backup is damaged, or a proof failed. */
    DAMAGED(3),
    /** Refused for safety. */
    REFUSED(4),
    /** The database or its client tools cannot be reached. */
    UNREACHABLE(5),
    /** Two states differ, and it was asked for to say so in the status. */
    DIFFERENT(6),
    /** Interrupted by the user (128 + SIGINT, as shells expect). */
    INTERRUPTED(130);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
