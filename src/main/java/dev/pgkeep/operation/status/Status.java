package dev.pgkeep.operation.status;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.repository.inspection.Finding;
import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The health of all backups.
 *
 * @param repository its folder
 * @param at the moment that ages are counted from
 * @param maxAge the allowed age in seconds, if one was given
 * @param databases one for each database, by name; exactly one when a database was asked for
 * @param bytes stored bytes of all of these backups
 * @param freeBytes what can still be written there
 * @param foreign dumps that pgkeep did not make; they are never good backups, as nothing is known about them
 * @param problems one line each, most important first
 * @param kept what is kept on the server, where somebody looked
 * @param protection why the database is protected, where it is and somebody looked
 * @param findings what is wrong with the repository as a whole, where somebody looked; stands among the problems too
 */
@Json
public record Status(
        String repository,
        Instant at,
        @Nullable Long maxAge,
        List<DatabaseStatus> databases,
        long bytes,
        long freeBytes,
        int foreign,
        List<String> problems,
        List<Kept> kept,
        @Nullable String protection,
        List<Finding> findings) {

    /**
     * A database of the server that was replaced, and is kept so that the names can be swapped back.
     *
     * @param database the name it had
     * @param since when it was replaced
     * @param until when it may go
     * @param bytes -1 where the role may not know
     */
    @Json
    public record Kept(String name, String database, Instant since, Instant until, long bytes) {}

    /**
     * Looks at a repository; nothing is changed.
     *
     * @param database looks at this one alone, whether it has backups or not
     * @param maxAge a database whose newest good backup is older, or that has none, is stale
     * @throws PgkeepException NO_PERMISSION, FILE_FAILED
     */
    public static Status of(Repository repository, Optional<String> database, Optional<Duration> maxAge, Clock clock) {
        Instant now = clock.instant();
        List<StoredBackup> all = repository.list();
        List<Run> runs = repository.history().runs();
        long free = repository.freeBytes();
        List<DatabaseStatus> databases = database.map(Set::of).orElseGet(() -> names(all)).stream()
                .map(name -> new Survey(name, all, runs, now).status(maxAge))
                .toList();
        return new Status(
                repository.root().toString(),
                now,
                maxAge.map(Duration::toSeconds).orElse(null),
                databases,
                databases.stream().mapToLong(DatabaseStatus::bytes).sum(),
                free,
                (int) all.stream().filter(backup -> !backup.isOurs()).count(),
                new Problems(databases, all, maxAge, now, free).list(),
                List.of(),
                null,
                List.of());
    }

    /** This status with what an inspection of the whole repository found. */
    public Status finding(List<Finding> found) {
        List<String> more = new ArrayList<>(problems);
        found.forEach(each -> more.add(each.text()));
        return new Status(
                repository,
                at,
                maxAge,
                databases,
                bytes,
                freeBytes,
                foreign,
                List.copyOf(more),
                kept,
                protection,
                found);
    }

    /** This status with what is kept on the server. */
    public Status keeping(List<Kept> found) {
        return new Status(
                repository, at, maxAge, databases, bytes, freeBytes, foreign, problems, found, protection, findings);
    }

    /** This status with the reason why the database is protected, where it is and could be asked. */
    public Status protectedBy(Optional<String> why) {
        return new Status(
                repository,
                at,
                maxAge,
                databases,
                bytes,
                freeBytes,
                foreign,
                problems,
                kept,
                why.orElse(null),
                findings);
    }

    public boolean isStale() {
        return databases.stream().anyMatch(DatabaseStatus::stale) || (maxAge != null && databases.isEmpty());
    }

    /**
     * The error that the command ends with when a database has no good backup, or none that is young enough; else, when
     * something in the repository is lost or damaged.
     */
    public Optional<PgkeepException> failure() {
        String which = databases.stream()
                .filter(each -> each.stale() || each.lastBackup() == null)
                .map(DatabaseStatus::database)
                .collect(Collectors.joining(", "));
        if (which.isEmpty() && !databases.isEmpty()) {
            return Finding.damage(findings)
                    .map(each -> new PgkeepException(ErrorCode.BACKUP_DAMAGED, each.text(), each.hint()));
        }
        return Optional.of(new PgkeepException(
                ErrorCode.STALE,
                "there is no good backup" + (which.isEmpty() ? "" : " of " + which)
                        + (maxAge == null ? "" : " that is younger than " + Spans.text(Duration.ofSeconds(maxAge))),
                "make one: pgkeep backup; where that fails: pgkeep doctor"));
    }

    /** This record as one JSON document. */
    public String json() {
        return Jsonb.builder().build().type(Status.class).toJsonPretty(this);
    }

    private static Set<String> names(List<StoredBackup> all) {
        return all.stream()
                .filter(StoredBackup::isOurs)
                .flatMap(backup -> backup.database().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
