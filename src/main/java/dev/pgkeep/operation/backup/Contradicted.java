package dev.pgkeep.operation.backup;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.backup.chunked.ChunkedResult;
import dev.pgkeep.operation.backup.chunked.Contradiction;
import dev.pgkeep.repository.Repository;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows that a full read found to be others than the backup before has, although no transaction changed them. Only a
 * full read can find that: a disk that rotted, memory that failed, a file that was changed by hand.
 */
final class Contradicted {
    private static final int NAMED = 3;

    private final List<Contradiction> found;
    private final Optional<String> before;

    private Contradicted(List<Contradiction> found, Optional<String> before) {
        this.found = found;
        this.before = before;
    }

    static Contradicted of(Optional<ChunkedResult> result) {
        return new Contradicted(
                result.map(ChunkedResult::contradictions).orElse(List.of()),
                result.flatMap(ChunkedResult::comparedWith));
    }

    /** The alarm, in one line. */
    Optional<String> warning() {
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("rows differ from those in " + before.orElse("the backup before")
                        + " although no transaction changed them since: "
                        + found.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining("; "))
                        + (found.size() > NAMED ? " and " + Sizes.count(found.size() - NAMED, "more place") : "")
                        + "; check disks and memory of the server (both backups are kept: they are pinned)");
    }

    /** Keeps both backups, which are evidence. */
    void keep(String made, Repository repository, Clock clock, Progress progress) {
        if (found.isEmpty()) {
            return;
        }
        Stream.concat(before.stream(), Stream.of(made)).forEach(name -> {
            try {
                repository.mark(new Mark(
                        name,
                        Mark.Type.PINNED,
                        clock.instant(),
                        Map.of("because", "rows differ though no transaction changed them")));
            } catch (PgkeepException e) {
                progress.warn(name + " could not be pinned as evidence: " + e.getMessage());
            }
        });
    }
}
