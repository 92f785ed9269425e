package dev.pgkeep.repository.pack;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The findings of a {@link StoreCheck}. */
public final class CheckReport {
    private final List<Finding> findings;
    private final ChunkIndex index;
    private final BitSet intact;
    private final Set<String> unlisted;

    CheckReport(List<Finding> findings, ChunkIndex index, BitSet intact) {
        this.findings =
                findings.stream().sorted(Comparator.comparing(Finding::path)).toList();
        this.unlisted = findings.stream()
                .filter(each -> each.kind == Kind.PACK_UNLISTED)
                .map(Finding::path)
                .collect(Collectors.toSet());
        this.index = index;
        this.intact = intact;
    }

    public List<Finding> findings() {
        return findings;
    }

    /** Whether everything that the index names is there and intact, and the index itself is. */
    public boolean isSound() {
        return findings.stream().allMatch(each -> each.kind == Kind.PACK_UNLISTED);
    }

    /**
     * Whether a chunk cannot be given back: no index and no pack names it, or none of its places is intact. Asked for
     * the chunks of a backup it names the tables at stake.
     */
    public boolean isLost(ChunkId id) {
        for (int entry = index.find(id); entry >= 0; entry = index.next(entry)) {
            if (intact.get(entry)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a chunk lies in packs alone that no index names: where a backup needs it, an index file was lost. */
    public boolean isUnlisted(ChunkId id) {
        boolean found = false;
        for (int entry = index.find(id); entry >= 0; entry = index.next(entry)) {
            if (!unlisted.contains(PackFormat.path(index.pack(entry).name()))) {
                return false;
            }
            found = true;
        }
        return found;
    }

    /** The number of chunks that were looked at; a chunk in two packs counts twice. */
    public int chunks() {
        return index.size();
    }

    /** Packs that were looked at. */
    public int packs() {
        return index.packs().size();
    }

    /**
     * @param path the object in question
     * @param chunks how many chunks in it cannot be read; they may have other places, see {@link #isLost}
     */
    public record Finding(Kind kind, String path, int chunks) {
        /** The finding in one line. */
        public String text() {
            return path + " " + kind.words
                    + (chunks == 0 ? "" : ": " + chunks + (chunks == 1 ? " chunk" : " chunks") + " cannot be read");
        }
    }

    /** The kind of a finding. */
    public enum Kind {
        INDEX_DAMAGED("is damaged, the packs were asked instead; pgkeep repair makes it again"),
        INDEX_DISAGREES("does not hold what the index says; pgkeep repair makes the index again"),
        PACK_MISSING("is missing"),
        PACK_CUT("is cut"),
        PACK_DAMAGED("is damaged"),
        PACK_UNKNOWN("is in no index, and does not tell what it holds"),
        /**
         * A pack that is no damage by itself: garbage that the next sweep takes, or a sign that an index file was lost.
         */
        PACK_UNLISTED("is in no index");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }
}
