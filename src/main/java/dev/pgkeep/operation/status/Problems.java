package dev.pgkeep.operation.status;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.operation.status.DatabaseStatus.Failure;
import dev.pgkeep.operation.status.DatabaseStatus.Point;
import dev.pgkeep.repository.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The problems that somebody should look at, in words. */
final class Problems {
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);
    private static final int NAMED = 3;

    private final List<DatabaseStatus> databases;
    private final List<StoredBackup> all;
    private final Optional<Duration> maxAge;
    private final Instant now;
    private final long freeBytes;
    private final List<String> lines = new ArrayList<>();

    Problems(
            List<DatabaseStatus> databases,
            List<StoredBackup> all,
            Optional<Duration> maxAge,
            Instant now,
            long freeBytes) {
        this.databases = databases;
        this.all = all;
        this.maxAge = maxAge;
        this.now = now;
        this.freeBytes = freeBytes;
    }

    List<String> list() {
        if (databases.isEmpty()) {
            lines.add("there is no backup yet");
        }
        databases.forEach(this::missingOrOld);
        databases.forEach(this::failed);
        databases.forEach(this::damaged);
        databases.forEach(this::emptied);
        databases.forEach(this::shrunk);
        databases.forEach(this::fromTheFuture);
        space();
        return List.copyOf(lines);
    }

    private void missingOrOld(DatabaseStatus status) {
        Point last = status.lastBackup();
        if (last == null) {
            lines.add("there is no good backup of " + status.database()
                    + (status.counts().all() > 0 ? ": none is whole, checked and undamaged" : ""));
        } else if (status.stale()) {
            lines.add("the newest good backup of " + status.database() + " is older than "
                    + maxAge.map(Spans::text).orElse("allowed") + ": " + Spans.age(last.created(), now));
        }
    }

    /** A failure is news only while no backup was made after it. */
    private void failed(DatabaseStatus status) {
        Failure failure = status.runs().lastFailure();
        Point last = status.lastBackup();
        if (failure != null && (last == null || failure.started().isAfter(last.created()))) {
            lines.add("the last backup of " + status.database() + " failed: "
                    + (failure.message() == null ? failure.code() : failure.message()));
        }
    }

    private void damaged(DatabaseStatus status) {
        List<StoredBackup> damaged = all.stream()
                .filter(backup -> backup.isOurs()
                        && backup.isDamaged()
                        && backup.database().equals(Optional.of(status.database())))
                .toList();
        if (!damaged.isEmpty()) {
            lines.add(Sizes.count(damaged.size(), "backup") + " of " + status.database()
                    + (damaged.size() == 1 ? " is" : " are") + " damaged: "
                    + damaged.stream()
                            .limit(NAMED)
                            .map(backup -> backup.name()
                                    + backup.problem()
                                            .map(text -> " (" + text + ")")
                                            .orElse(""))
                            .collect(Collectors.joining(", "))
                    + (damaged.size() > NAMED ? ", …" : ""));
        }
    }

    /** Backups go on being made of a database that lost everything, or that is another one. */
    private void emptied(DatabaseStatus status) {
        List<StoredBackup> good = all.stream()
                .filter(backup -> backup.database().equals(Optional.of(status.database())) && Survey.isGood(backup))
                .toList();
        if (good.isEmpty() || good.getFirst().holdsRows()) {
            return;
        }
        good.stream()
                .filter(StoredBackup::holdsRows)
                .findFirst()
                .ifPresent(full -> lines.add(
                        good.getFirst().name() + " holds no rows, while " + full.name() + " before it holds some"));
    }

    /** A backup of half the usual size often means that rows are gone. */
    private void shrunk(DatabaseStatus status) {
        List<Point> trend = status.trend();
        if (trend.size() < 4) {
            return;
        }
        Point newest = trend.getLast();
        List<Long> before = trend.subList(0, trend.size() - 1).stream()
                .filter(point -> point.format().equals(newest.format()))
                .map(Point::bytes)
                .sorted()
                .toList();
        if (before.size() >= 3 && newest.bytes() < before.get(before.size() / 2) / 2) {
            lines.add(newest.name() + " is much smaller than those before it: " + Sizes.text(newest.bytes())
                    + " instead of about " + Sizes.text(before.get(before.size() / 2)));
        }
    }

    private void fromTheFuture(DatabaseStatus status) {
        Point last = status.lastBackup();
        if (last != null && last.created().isAfter(now.plus(CLOCK_TOLERANCE))) {
            lines.add(last.name() + " is from the future: a clock is or was wrong");
        }
    }

    private void space() {
        long largest = databases.stream()
                .flatMap(status -> Optional.ofNullable(status.lastBackup()).stream())
                .mapToLong(Point::bytes)
                .sum();
        if (largest > 0 && freeBytes < 2 * largest) {
            lines.add("only " + Sizes.text(freeBytes) + " are free in the repository; the last backups took "
                    + Sizes.text(largest));
        }
    }
}
