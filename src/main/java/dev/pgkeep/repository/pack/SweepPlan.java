package dev.pgkeep.repository.pack;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of a sweep.
 *
 * @param delete packs that hold nothing any backup needs
 * @param compact packs whose needed chunks move into new packs: more than half of them is garbage, or they are small
 *     and many
 * @param adopt packs that no index names although backups need what they hold
 * @param suspect packs that nobody names and that do not tell what they hold; kept while needed chunks are missing
 * @param bytesToWin about how many bytes will be free
 * @param bytesNow bytes of all packs now
 * @param rewriteIndex whether the index files are replaced
 * @param missing how many chunks that backups need are nowhere
 * @param missingSample some of them
 */
public record SweepPlan(
        Set<String> delete,
        Set<String> compact,
        Set<String> adopt,
        Set<String> suspect,
        long bytesToWin,
        long bytesNow,
        boolean rewriteIndex,
        long missing,
        List<ChunkId> missingSample) {

    public SweepPlan {
        delete = Collections.unmodifiableSet(new TreeSet<>(delete));
        compact = Collections.unmodifiableSet(new TreeSet<>(compact));
        adopt = Collections.unmodifiableSet(new TreeSet<>(adopt));
        suspect = Collections.unmodifiableSet(new TreeSet<>(suspect));
        missingSample = List.copyOf(missingSample);
    }

    /** Whether there is nothing to win and nothing to mend. */
    public boolean isEmpty() {
        return delete.isEmpty() && compact.isEmpty() && !rewriteIndex;
    }
}
