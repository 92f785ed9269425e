package dev.pgkeep.base.progress;

import org.jspecify.annotations.Nullable;

/** Receives what a running job has to say. Calls may come from several threads; implementations are thread-safe. */
public interface Progress {
    /** A job without anybody watching. */
    Progress SILENT = new Progress() {
        @Override
        public void step(String what) {}

        @Override
        public void advance(Amount amount) {}

        @Override
        public void note(String line) {}

        @Override
        public void warn(String line) {}
    };

    /** A new phase begins, for instance {@code Dumping shop}; ends the phase before it. */
    void step(String what);

    /** Tells how far the current phase is. May be called many times a second. */
    void advance(Amount amount);

    /** Tells something worth reading on one line, not a problem. */
    void note(String line);

    /** Tells, on one line, something that the user should look at, though the job goes on. */
    void warn(String line);

    /** Where the job's time goes, by phase; what is recorded is kept where {@link TimedProgress} is in between. */
    default Phases phases() {
        return new Phases();
    }

    /**
     * A state of the current phase.
     *
     * @param done bytes of source data finished so far
     * @param total bytes expected in all (an estimate from table sizes); 0 when unknown
     * @param moved bytes really moved so far (written or read), for the rate
     * @param item what is being worked on, for instance a table
     */
    record Amount(
            long done, long total, long moved, @Nullable String item) {}
}
