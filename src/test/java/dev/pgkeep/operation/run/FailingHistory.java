package dev.pgkeep.operation.run;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.History;
import java.util.List;
import java.util.function.IntPredicate;

/** A history that cannot be written at some moments. */
final class FailingHistory implements History {
    private final History real;
    private final IntPredicate fails;
    private int writes;

    /** @param fails told the number of each write, the first being 1 */
    FailingHistory(History real, IntPredicate fails) {
        this.real = real;
        this.fails = fails;
    }

    @Override
    public void record(Run run) {
        if (fails.test(++writes)) {
            throw new PgkeepException(ErrorCode.DISK_FULL, "the disk of the history is full", "make room");
        }
        real.record(run);
    }

    @Override
    public List<Run> runs() {
        return real.runs();
    }

    int writes() {
        return writes;
    }
}
