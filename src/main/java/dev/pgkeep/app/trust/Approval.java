package dev.pgkeep.app.trust;

import java.nio.file.Path;
import java.util.List;

/** Asks a person whether programs may be run that a file names. */
@FunctionalInterface
public interface Approval {
    /** The approval where nobody is there to be asked. */
    Approval NOBODY = (file, programs) -> Answer.NOBODY_THERE;

    /** The answer of whoever was asked. */
    enum Answer {
        YES,
        NO,
        NOBODY_THERE
    }

    /** @param programs all of the file that were not allowed before */
    Answer ask(Path file, List<NamedProgram> programs);
}
