package dev.pgkeep.operation.status;

import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.operation.status.DatabaseStatus.Counts;
import dev.pgkeep.operation.status.DatabaseStatus.Failure;
import dev.pgkeep.operation.status.DatabaseStatus.Point;
import dev.pgkeep.operation.status.DatabaseStatus.Runs;
import dev.pgkeep.repository.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Adds up what there is of one database. */
final class Survey {
    private static final int TREND = 10;

    private final String database;
    /** Newest first. */
    private final List<StoredBackup> own;

    /** Runs of backup, newest first. */
    private final List<Run> runs;

    private final Instant now;

    Survey(String database, List<StoredBackup> all, List<Run> runs, Instant now) {
        this.database = database;
        this.own = all.stream()
                .filter(backup -> backup.isOurs() && backup.database().equals(Optional.of(database)))
                .toList();
        this.runs = runs.stream()
                .filter(run -> run.command().equals("backup") && run.database().equals(database))
                .toList();
        this.now = now;
    }

    DatabaseStatus status(Optional<Duration> maxAge) {
        Optional<StoredBackup> good = own.stream().filter(Survey::isGood).findFirst();
        Optional<Duration> age = good.map(backup -> age(backup.created()));
        Optional<Instant> proof = lastProof();
        return new DatabaseStatus(
                database,
                good.map(Survey::point).orElse(null),
                age.map(Duration::toSeconds).orElse(null),
                maxAge.isPresent()
                        && age.filter(found -> found.compareTo(maxAge.get()) <= 0)
                                .isEmpty(),
                proof.orElse(null),
                proof.map(moment -> age(moment).toSeconds()).orElse(null),
                provenPoint(),
                counts(),
                own.stream().mapToLong(StoredBackup::newBytes).sum(),
                trend(),
                new Runs(runs.size(), (int) runs.stream().filter(Run::succeeded).count(), lastFailure()));
    }

    static boolean isGood(StoredBackup backup) {
        return backup.isChecked() && isWhole(backup);
    }

    static boolean isWhole(StoredBackup backup) {
        return backup.summary().filter(Summary::isWhole).isPresent();
    }

    /** Never negative: a clock that was set back does not make a backup younger than it can be. */
    private Duration age(Instant then) {
        Duration age = Duration.between(then, now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private @Nullable Point provenPoint() {
        return own.stream()
                .filter(StoredBackup::isProven)
                .findFirst()
                .map(Survey::point)
                .orElse(null);
    }

    private Optional<Instant> lastProof() {
        return own.stream()
                .filter(StoredBackup::isProven)
                .map(backup -> backup.newest(Mark.Type.PROVEN))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    private Counts counts() {
        return new Counts(
                own.size(),
                count(StoredBackup::isProven),
                count(backup -> backup.isChecked() && !backup.isProven()),
                count(backup -> !backup.isChecked() && !backup.isDamaged()),
                count(StoredBackup::isDamaged),
                count(backup -> !isWhole(backup)));
    }

    private int count(Predicate<StoredBackup> fits) {
        return (int) own.stream().filter(fits).count();
    }

    private List<Point> trend() {
        return own.stream()
                .filter(backup -> isWhole(backup) && !backup.isDamaged())
                .limit(TREND)
                .map(Survey::point)
                .toList()
                .reversed();
    }

    private @Nullable Failure lastFailure() {
        return runs.stream()
                .filter(run -> !run.succeeded())
                .findFirst()
                .map(run -> new Failure(run.command(), run.started(), run.outcome(), run.message()))
                .orElse(null);
    }

    private static Point point(StoredBackup backup) {
        return new Point(
                backup.name(),
                backup.created(),
                backup.kind().map(Object::toString).orElse(""),
                backup.format(),
                backup.bytes(),
                backup.summary().flatMap(Summary::bytesRead).orElse(null),
                backup.summary().map(Summary::seconds).orElse(0.0));
    }
}
