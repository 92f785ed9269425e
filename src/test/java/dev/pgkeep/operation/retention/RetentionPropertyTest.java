package dev.pgkeep.operation.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.format.manifest.Summary;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.MadeBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every history and every rule; each seed is a thousand of them. */
final class RetentionPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final List<String> KINDS = List.of("manual", "daily", "weekly", "pre-restore", "pre-deployment");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void what_must_stay_stays_whatever_the_history_and_the_rules(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 1000; run++) {
            List<StoredBackup> history = history(random);
            KeepRules rules = rules(random);
            var plan = RetentionPlan.of(history, "shop", rules, NOW);
            List<StoredBackup> removed = plan.removed();

            assertThat(removed).allMatch(StoredBackup::isOurs).noneMatch(StoredBackup::isPinned);
            assertThat(removed).allMatch(backup -> backup.database().equals(Optional.of("shop")));
            assertThat(removed)
                    .allMatch(backup -> rules.kind().isEmpty() || rules.kind().equals(backup.kind()));
            staysIfThere(history, removed, StoredBackup::isProven);
            staysIfThere(history, removed, StoredBackup::isChecked);
            Predicate<StoredBackup> isWhole = RetentionPropertyTest::isWhole;
            staysIfThere(history, removed, isWhole.and(StoredBackup::isChecked));
            staysIfThere(history, removed, isWhole.and(StoredBackup::isProven));
            rules.olderThan()
                    .ifPresent(span -> assertThat(removed)
                            .allMatch(backup -> backup.created().isBefore(NOW.minus(span))));
            rules.keepLast().ifPresent(last -> nothingOfTheLastGoes(plan, last));
            somethingRestorableStays(plan);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void a_second_plan_removes_nothing_more_and_the_order_does_not_matter(long seed) {
        var random = new Random(seed);
        for (int run = 0; run < 1000; run++) {
            List<StoredBackup> history = history(random);
            KeepRules rules = rules(random);
            var plan = RetentionPlan.of(history, "shop", rules, NOW);
            assertThat(RetentionPlan.of(plan.kept(), "shop", rules, NOW).removed())
                    .isEmpty();
            var shuffled = new ArrayList<>(history);
            Collections.shuffle(shuffled, random);
            assertThat(RetentionPlan.of(shuffled, "shop", rules, NOW)).isEqualTo(plan);
        }
    }

    @Test
    void a_year_of_daily_backups_with_thirty_days_of_retention() {
        var random = new Random(7);
        var rules = new KeepRules(OptionalInt.empty(), Optional.of(Duration.ofDays(30)), Optional.empty());
        List<StoredBackup> stored = new ArrayList<>();
        Instant start = Instant.parse("2026-01-01T03:00:00Z");
        for (int day = 0; day < 365; day++) {
            Instant now = start.plus(Duration.ofDays(day)).plusSeconds(random.nextInt(600));
            // Two weeks of holidays on which the backups were never checked, and ten days without any.
            boolean holidays = day >= 200 && day < 214;
            boolean none = day >= 300 && day < 310;
            if (!none) {
                var made = MadeBackup.of("shop", now).kind("daily");
                stored.add((holidays ? made : day % 7 == 0 ? made.checked().proven() : made.checked()).listed());
                stored = new ArrayList<>(
                        RetentionPlan.of(stored, "shop", rules, now).kept());
            }
            assertThat(stored.size()).as("day " + day).isLessThanOrEqualTo(32);
            if (day >= 31 && (day < 300 || day > 341)) {
                assertThat(stored.size()).as("day " + day).isBetween(30, 32);
            }
            assertThat(stored).anyMatch(StoredBackup::isChecked).anyMatch(StoredBackup::isProven);
        }
    }

    private static void staysIfThere(
            List<StoredBackup> history, List<StoredBackup> removed, Predicate<StoredBackup> fits) {
        history.stream()
                .filter(backup -> backup.database().equals(Optional.of("shop")) && backup.isOurs())
                .filter(fits.and(backup -> isWhole(backup) || noneWhole(history, fits)))
                .min(StoredBackup.NEWEST_FIRST)
                .ifPresent(backup -> assertThat(removed).doesNotContain(backup));
    }

    private static boolean noneWhole(List<StoredBackup> history, Predicate<StoredBackup> fits) {
        return history.stream()
                .filter(backup -> backup.database().equals(Optional.of("shop")))
                .noneMatch(fits.and(RetentionPropertyTest::isWhole));
    }

    private static void nothingOfTheLastGoes(RetentionPlan plan, int last) {
        for (StoredBackup gone : plan.removed()) {
            if (gone.isChecked()) {
                assertThat(plan.decisions().stream()
                                .map(Decision::backup)
                                .filter(other -> other.isChecked()
                                        && other.kind().equals(gone.kind())
                                        && isWhole(other) == isWhole(gone)
                                        && StoredBackup.NEWEST_FIRST.compare(other, gone) < 0))
                        .hasSizeGreaterThanOrEqualTo(last);
            }
        }
    }

    private static void somethingRestorableStays(RetentionPlan plan) {
        boolean hadWhole = plan.decisions().stream()
                .map(Decision::backup)
                .anyMatch(backup -> backup.isOurs() && isWhole(backup) && !backup.isDamaged());
        if (hadWhole) {
            assertThat(plan.kept()).anyMatch(backup -> isWhole(backup) && !backup.isDamaged());
        }
        assertThat(plan.kept().isEmpty()).isEqualTo(plan.decisions().isEmpty());
    }

    private static List<StoredBackup> history(Random random) {
        var history = new ArrayList<StoredBackup>();
        int count = random.nextInt(25);
        for (int i = 0; i < count; i++) {
            Instant created = NOW.minus(Duration.ofMinutes(1 + 25L * random.nextInt(4000) + i));
            var made = MadeBackup.of(random.nextInt(8) == 0 ? "crm" : "shop", created)
                    .kind(KINDS.get(random.nextInt(KINDS.size())));
            marks(made, random);
            history.add(made.listed());
        }
        history.sort(StoredBackup.NEWEST_FIRST);
        return history;
    }

    private static void marks(MadeBackup made, Random random) {
        if (random.nextInt(3) > 0) {
            made.checked();
        }
        if (random.nextInt(4) == 0) {
            made.proven();
        }
        if (random.nextInt(5) == 0) {
            made.damaged();
        }
        if (random.nextInt(10) == 0) {
            made.pinned();
        }
        if (random.nextInt(10) == 0) {
            made.mark(Mark.Type.UNPINNED, NOW);
        }
        if (random.nextInt(5) == 0) {
            made.schemaOnly();
        }
        if (random.nextInt(5) == 0) {
            made.filters("--exclude-table=log");
        }
    }

    private static KeepRules rules(Random random) {
        return new KeepRules(
                random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(6)) : OptionalInt.empty(),
                random.nextBoolean() ? Optional.of(Duration.ofDays(random.nextInt(60))) : Optional.empty(),
                random.nextInt(3) == 0
                        ? Optional.of(Kind.of(KINDS.get(random.nextInt(KINDS.size()))))
                        : Optional.empty());
    }

    private static boolean isWhole(StoredBackup backup) {
        return backup.summary().filter(Summary::isWhole).isPresent();
    }
}
