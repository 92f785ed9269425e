package dev.pgkeep.cli;

import dev.pgkeep.base.units.Sizes;
import dev.pgkeep.base.units.Spans;
import dev.pgkeep.cli.render.Facts;
import dev.pgkeep.operation.status.DatabaseStatus;
import dev.pgkeep.operation.status.DatabaseStatus.Point;
import dev.pgkeep.operation.status.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status in words. */
final class StatusReport {
    private static final int TREND = 5;

    private final Session session;

    StatusReport(Session session) {
        this.session = session;
    }

    void print(Status status) {
        status.databases().forEach(each -> session.say(facts(each)));
        session.say("Repository " + status.repository() + ": " + Sizes.text(status.bytes()) + " used, "
                + Sizes.text(status.freeBytes()) + " free");
        if (status.protection() != null) {
            session.say("Protected: " + status.protection());
        }
        status.kept().forEach(each -> session.say("Kept on the server: " + kept(each)));
        for (String problem : status.problems()) {
            session.say(session.style().warning("! ") + problem);
        }
        if (status.problems().isEmpty() && !status.databases().isEmpty()) {
            session.say(session.style().good("✓ ") + "everything is in order");
        }
    }

    private static String kept(Status.Kept kept) {
        return kept.name() + (kept.bytes() < 0 ? "" : " (" + Sizes.text(kept.bytes()) + ")") + ", was "
                + kept.database() + " until " + TimeArguments.text(kept.since()) + ", is kept until "
                + TimeArguments.text(kept.until()) + "; pgkeep undo swaps back, undo --discard drops it";
    }

    private List<String> facts(DatabaseStatus status) {
        session.say(session.style().bold(status.database()));
        DatabaseStatus.Counts counts = status.counts();
        return new Facts()
                .add("last backup", point(status.lastBackup(), status.lastBackupAge(), "none that is good"))
                .add(
                        "last proof",
                        status.lastProven() == null
                                ? "never restored to prove it; do it with: pgkeep verify --restore"
                                : status.lastProven().name() + ", proven " + age(status.lastProofAge()))
                .add(
                        "backups",
                        counts.all() + " (" + counts.proven() + " proven, " + counts.checked() + " checked, "
                                + counts.unchecked() + " unchecked, " + counts.damaged() + " damaged), "
                                + Sizes.text(status.bytes()))
                .add("sizes", trend(status, point -> Sizes.text(point.bytes())))
                .add(
                        "durations",
                        trend(status, point -> Spans.text(Duration.ofMillis(Math.round(point.seconds() * 1000)))))
                .add("runs", runs(status.runs()))
                .lines(session.style());
    }

    private static String point(@Nullable Point point, @Nullable Long age, String none) {
        return point == null ? none : point.name() + ", " + age(age);
    }

    private static String age(@Nullable Long seconds) {
        return seconds == null ? "?" : Spans.text(Duration.ofSeconds(seconds)) + " ago";
    }

    private static String trend(DatabaseStatus status, java.util.function.Function<Point, String> value) {
        List<Point> points = status.trend();
        return points.isEmpty()
                ? "–"
                : points.subList(Math.max(0, points.size() - TREND), points.size()).stream()
                        .map(value)
                        .collect(Collectors.joining(" → "));
    }

    private static String runs(DatabaseStatus.Runs runs) {
        String rate = runs.successRate()
                .map(share -> String.format(Locale.ROOT, ", %.0f %% ended well", share * 100))
                .orElse("");
        DatabaseStatus.Failure failure = runs.lastFailure();
        return runs.all()
                + rate
                + (failure == null
                        ? ""
                        : "; last failure: " + failure.command() + " of " + failure.started() + ", "
                                + failure.message());
    }
}
