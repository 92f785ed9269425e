package dev.pgkeep.base.progress;

/** How much is done at once where nobody says how much: as there are processors, with limits. */
public final class Parallelism {
    /** More would compete for the server and its disk, and each has buffers of its own. */
    private static final int MOST = 8;

    private Parallelism() {}

    /** Threads, or jobs, that have enough to do by themselves: 1 to 8. */
    public static int threads() {
        return atLeast(1);
    }

    /** Connections that are read from: 2 to 8, so that one is read while another one's rows are worked on. */
    public static int readers() {
        return atLeast(2);
    }

    private static int atLeast(int fewest) {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), fewest, MOST);
    }
}
