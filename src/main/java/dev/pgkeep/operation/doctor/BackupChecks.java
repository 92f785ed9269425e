package dev.pgkeep.operation.doctor;

import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.units.ShellWords;
import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.operation.status.DatabaseStatus;
import dev.pgkeep.operation.status.Status;
import dev.pgkeep.postgres.connect.Target;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether there are backups to rely on, and whether somebody sees to it that there will be. */
final class BackupChecks {
    private static final Duration OLD = Duration.ofDays(7);
    private static final Duration OLD_PROOF = Duration.ofDays(30);
    private static final Duration SCHEDULE_ALIVE = Duration.ofDays(8);
    private static final Set<String> SCHEDULED = Set.of("auto", "daily", "weekly", "monthly");

    private final Repository repository;
    private final Examination examination;
    private final Clock clock;
    private final Instant now;

    BackupChecks(Repository repository, Examination examination, Clock clock) {
        this.repository = repository;
        this.examination = examination;
        this.clock = clock;
        this.now = clock.instant();
    }

    void addTo(List<Check> checks) {
        try {
            Optional<String> database = examination.target().map(Target::database);
            Status status = Status.of(repository, database, examination.maxAge(), clock);
            if (status.databases().isEmpty()) {
                checks.add(Check.fail("backups", "there is no backup yet", "pgkeep backup"));
            }
            for (DatabaseStatus each : status.databases()) {
                checks.add(age(each));
                if (each.lastBackup() != null) {
                    checks.add(proof(each));
                    checks.add(schedule(each.database()));
                }
            }
            damaged(database).ifPresent(checks::add);
        } catch (PgkeepException e) {
            checks.add(Check.fail("backups", e.getMessage(), e.hint()));
        }
    }

    private Check age(DatabaseStatus status) {
        DatabaseStatus.Point last = status.lastBackup();
        if (last == null) {
            return Check.fail(
                    "backups",
                    "there is no good backup of " + status.database()
                            + (status.counts().all() > 0 ? ": none is whole, checked and undamaged" : ""),
                    "pgkeep backup");
        }
        String text = "the newest good backup of " + status.database() + " is " + Spans.age(last.created(), now)
                + (Spans.age(last.created(), now).equals("just now") ? "" : " old");
        if (status.stale()) {
            return Check.fail(
                    "backups",
                    text + ", allowed are "
                            + examination.maxAge().map(Spans::text).orElse(""),
                    "pgkeep backup");
        }
        return examination.maxAge().isEmpty() && last.created().isBefore(now.minus(OLD))
                ? Check.warn("backups", text, "pgkeep backup")
                : Check.ok("backups", text);
    }

    private Check proof(DatabaseStatus status) {
        Instant proof = status.lastProof();
        if (proof == null) {
            return Check.warn(
                    "proof",
                    "no backup of " + status.database() + " was ever restored to prove it",
                    "pgkeep verify --restore");
        }
        String text = "a backup of " + status.database() + " was last proven " + Spans.age(proof, now)
                + (Spans.age(proof, now).equals("just now") ? "" : " ago");
        return proof.isBefore(now.minus(OLD_PROOF))
                ? Check.warn("proof", text, "pgkeep verify --restore")
                : Check.ok("proof", text);
    }

    private Check schedule(String database) {
        boolean alive = repository.list().stream()
                .filter(backup -> backup.database().equals(Optional.of(database)))
                .filter(backup -> backup.kind()
                        .map(Kind::word)
                        .filter(SCHEDULED::contains)
                        .isPresent())
                .anyMatch(backup -> backup.created().isAfter(now.minus(SCHEDULE_ALIVE)));
        return alive
                ? Check.ok("schedule", "backups of " + database + " are made by a schedule")
                : Check.warn(
                        "schedule",
                        "no backup of " + database + " was made by a schedule lately (kind auto, daily or weekly)",
                        "pgkeep init prints lines for crontab, systemd, PM2 and Windows Task Scheduler");
    }

    private Optional<Check> damaged(Optional<String> database) {
        List<StoredBackup> damaged = repository.list().stream()
                .filter(backup -> backup.isDamaged()
                        && (database.isEmpty() || backup.database().equals(database)))
                .toList();
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        StoredBackup first = damaged.getFirst();
        return Optional.of(Check.warn(
                "damaged",
                Sizes.count(damaged.size(), "backup") + (damaged.size() == 1 ? " is" : " are") + " damaged: "
                        + first.name()
                        + first.problem().map(text -> " (" + text + ")").orElse("")
                        + (damaged.size() > 1 ? ", …" : ""),
                "look again with pgkeep verify " + ShellWords.word(first.name()) + ", then pgkeep delete "
                        + ShellWords.word(first.name())));
    }
}
