package dev.pgkeep.operation.backup;

import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Lineage;
import dev.pgkeep.format.manifest.Manifest;
import dev.pgkeep.format.manifest.Reading;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.operation.backup.chunked.Since;
import dev.pgkeep.postgres.incremental.LineageCheck;
import dev.pgkeep.repository.StoredBackup;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Chooses the backup that a new one builds on: the newest of the same database whose server is this one, further on.
 * Without one, everything is read, and the newest of all is only asked for chunks that are the same.
 */
final class EarlierBackups {
    /** Backups that are tried: one that was made of a standby or before a failover may lie before the one that fits. */
    private static final int TRIED = 8;

    /** A backup with chunks. */
    private record Candidate(Summary summary, Manifest.Chunks chunks) {
        Optional<Lineage> lineage() {
            return Optional.ofNullable(chunks.lineage());
        }

        Since as(Optional<Long> snapshotXmin, Optional<String> whole, Optional<Instant> fullAt) {
            return new Since(summary.name(), chunks, snapshotXmin, whole, fullAt);
        }
    }

    private final List<Candidate> candidates;
    private final boolean full;
    private final Duration fullEvery;
    private final Instant now;
    private Optional<LineageCheck> check = Optional.empty();

    /**
     * @param newestFirst all backups of the repository
     * @param full whether everything is to be read
     * @param fullEvery after which time everything is read again; zero for never
     */
    EarlierBackups(List<StoredBackup> newestFirst, String database, boolean full, Duration fullEvery, Instant now) {
        this.candidates = newestFirst.stream()
                .filter(backup -> !backup.isDamaged())
                .filter(backup -> backup.database().equals(Optional.of(database)))
                .flatMap(backup -> backup.summary().stream())
                .flatMap(summary -> summary.copies().stream()
                        .map(Manifest.Copy::chunks)
                        .filter(Objects::nonNull)
                        .map(chunks -> new Candidate(summary, chunks)))
                .toList();
        this.full = full;
        this.fullEvery = fullEvery;
        this.now = now;
    }

    /**
     * Chooses before a snapshot is taken.
     *
     * @param connection of the session that takes it, in autocommit mode
     */
    Optional<Since> before(Connection connection) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        LineageCheck server = new LineageCheck(connection);
        check = Optional.of(server);
        Optional<String> first = Optional.empty();
        for (Candidate candidate : inTurn()) {
            Lineage lineage = candidate.lineage().orElseThrow();
            Optional<String> reason = server.against(lineage);
            if (reason.isEmpty()) {
                return Optional.of(usable(candidate, lineage));
            }
            first = first.or(() -> reason);
        }
        return Optional.of(candidates
                .getFirst()
                .as(
                        Optional.empty(),
                        Optional.of(first.orElse("no backup before tells where in the history of its server it is")),
                        Optional.empty()));
    }

    /**
     * What was chosen, in the snapshot: only where that was taken by the process that was asked, not by one of another
     * server that a pooler put in its place.
     *
     * @param snapshot the session that took it
     */
    Since checked(Since chosen, Connection snapshot) {
        return !chosen.isCompared()
                        || check.filter(each -> each.isStillWith(snapshot)).isPresent()
                ? chosen
                : new Since(
                        chosen.name(),
                        chosen.chunks(),
                        Optional.empty(),
                        Optional.of(LineageCheck.OTHER_PROCESS),
                        Optional.empty());
    }

    /** Those that may do: of whole databases first, since others lack tables; the newest first. */
    private List<Candidate> inTurn() {
        List<Candidate> marked = candidates.stream()
                .filter(each -> each.lineage().isPresent())
                .limit(TRIED)
                .toList();
        List<Candidate> whole = marked.stream()
                .filter(each ->
                        each.summary().filters().isEmpty() && !each.summary().isSchema())
                .toList();
        return whole.isEmpty() ? marked : whole;
    }

    private Since usable(Candidate candidate, Lineage lineage) {
        Instant fullAt = Optional.ofNullable(candidate.chunks().reading())
                .map(Reading::fullAt)
                .orElse(candidate.summary().created());
        boolean due = fullEvery.isPositive() && !now.isBefore(fullAt.plus(fullEvery));
        Optional<String> whole = full
                ? Optional.of("it was asked for")
                : due ? Optional.of("the last time is " + Spans.text(fullEvery) + " ago or longer") : Optional.empty();
        return candidate.as(Optional.of(lineage.snapshotXmin()), whole, Optional.of(fullAt));
    }
}
