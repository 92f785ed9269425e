package dev.pgkeep.operation.restore.client;

import dev.pgkeep.postgres.dump.ArchiveListing.Entry;
import dev.pgkeep.postgres.dump.ArchiveListing.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runs of pg_restore that make entries where they lie, and in the default tablespace those that lie where nobody
 * can put them here: gone, or not for this role.
 */
public final class TablespaceRuns {
    /** More are not worth it: then everything lies in the default tablespace. */
    private static final int MOST = 40;

    /**
     * Entries of one run.
     *
     * @param elsewhere whether all of them lie in the default tablespace
     */
    public record Run(List<Entry> entries, boolean elsewhere) {
        /** What is said of those that lie elsewhere, one line each. */
        public List<String> notes() {
            return entries.stream()
                    .filter(entry -> elsewhere && !entry.tablespace().isEmpty())
                    .map(Entry::tablespace)
                    .distinct()
                    .map(name ->
                            "the tablespace " + name + " cannot be used here: what was in it lies in the default one")
                    .toList();
        }
    }

    private TablespaceRuns() {}

    /**
     * The runs, one after the other; none without entries.
     *
     * @param usable names of tablespaces; empty where all can be used, as far as anybody knows
     */
    static List<Run> of(Collection<Entry> entries, Optional<Set<String>> usable) {
        // Behind the rows, only indexes and keys lie anywhere, and they wait for nothing that could be behind them.
        boolean behind = entries.stream()
                .allMatch(entry -> entry.phase().filter(Phase.AFTER::equals).isPresent());
        return behind ? apart(entries, usable) : inOrder(entries, usable);
    }

    private static List<Run> apart(Collection<Entry> entries, Optional<Set<String>> usable) {
        return Stream.of(true, false)
                .map(elsewhere -> new Run(
                        entries.stream()
                                .filter(entry -> isElsewhere(entry, usable) == elsewhere)
                                .toList(),
                        elsewhere))
                .filter(run -> !run.entries().isEmpty())
                .toList();
    }

    private static List<Run> inOrder(Collection<Entry> entries, Optional<Set<String>> usable) {
        List<Run> runs = new ArrayList<>();
        for (Entry entry : entries) {
            boolean elsewhere = isElsewhere(entry, usable);
            // What lies nowhere in particular goes along with what stands before it.
            boolean joins = !runs.isEmpty()
                    && (runs.getLast().elsewhere() == elsewhere
                            || entry.tablespace().isEmpty());
            if (!joins) {
                runs.add(new Run(new ArrayList<>(), elsewhere));
            }
            runs.getLast().entries().add(entry);
        }
        return runs.size() <= MOST ? runs : List.of(new Run(List.copyOf(entries), true));
    }

    private static boolean isElsewhere(Entry entry, Optional<Set<String>> usable) {
        return !entry.tablespace().isEmpty()
                && usable.filter(names -> !names.contains(entry.tablespace())).isPresent();
    }
}
