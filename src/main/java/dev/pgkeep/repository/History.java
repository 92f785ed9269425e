package dev.pgkeep.repository;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import java.util.List;

/** The record of runs, written down and read again: the {@linkplain Repository#history history} of a repository. */
public interface History {
    /**
     * Writes a run down, in place of what was written of the run with the same id.
     *
     * @throws PgkeepException DISK_FULL, NO_PERMISSION, FILE_FAILED and the like when it could not be written
     */
    void record(Run run);

    /** The runs that are known, the newest first; what cannot be read is left out. */
    List<Run> runs();
}
