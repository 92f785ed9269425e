package dev.pgkeep.operation.repair;

import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.pack.RepairIndex;
import java.util.List;

/** Makes the index of chunks again from the packs, for a repository whose index was lost or damaged. */
public final class Repair {
    private final Repository repository;
    private final Progress progress;
    private final Cancellation cancellation;

    public Repair(Repository repository, Progress progress, Cancellation cancellation) {
        this.repository = repository;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * The outcome of a repair: what the new index holds.
     *
     * @param chunks chunks in it, a chunk in several packs counted for each
     * @param packs packs it names
     * @param damaged packs in which something is damaged; what is intact in them is in the index
     */
    public record Outcome(int chunks, int packs, List<String> damaged) {
        public Outcome {
            damaged = List.copyOf(damaged);
        }

        public boolean isGood() {
            return damaged.isEmpty();
        }
    }

    /**
     * Makes the index.
     *
     * @param readAll whether every chunk is read, so that damaged ones are left out and the next backup stores them
     *     anew
     * @throws dev.pgkeep.base.error.PgkeepException LOCK_BUSY while anybody reads or writes chunks; REPOSITORY_INVALID
     *     where there are no packs, or a newer pgkeep wrote some of it
     */
    public Outcome run(boolean readAll) {
        progress.step("Reading packs of " + repository.root());
        RepairIndex.Outcome made = repository.chunks().rebuildIndex(readAll, cancellation);
        return new Outcome(made.chunks(), made.packs(), made.damaged());
    }
}
