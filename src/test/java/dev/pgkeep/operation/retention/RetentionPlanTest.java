package dev.pgkeep.operation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.format.manifest.Kind;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.MadeBackup;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class RetentionPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void keep_last_keeps_the_newest_and_says_so() {
        var plan = plan(last(2), old(1).checked(), old(2).checked(), old(3).checked(), old(4).checked());
        assertThat(reasons(plan))
                .containsExactly(
                        "+ one of the last 2",
                        "+ one of the last 2",
                        "- not one of the last 2",
                        "- not one of the last 2");
    }

    @Test
    void older_than_removes_what_is_older_and_nothing_else() {
        var plan = plan(days(30), old(1).checked(), old(30).checked(), old(31).checked());
        assertThat(reasons(plan))
                .containsExactly("+ not older than 30 days", "+ not older than 30 days", "- older than 30 days");
    }

    @Test
    void with_both_rules_a_backup_stays_when_one_of_them_keeps_it() {
        var rules = new KeepRules(OptionalInt.of(2), Optional.of(Duration.ofDays(30)), Optional.empty());
        var plan = plan(rules, old(1).checked(), old(40).checked(), old(50).checked());
        assertThat(reasons(plan))
                .containsExactly(
                        "+ one of the last 2",
                        "+ one of the last 2",
                        "- older than 30 days, and not one of the last 2");
        var young = plan(rules, old(1).checked(), old(2).checked(), old(3).checked());
        assertThat(young.removed()).isEmpty();
    }

    @Test
    void without_a_rule_everything_stays() {
        var rules = new KeepRules(OptionalInt.empty(), Optional.empty(), Optional.empty());
        assertThat(reasons(plan(rules, old(1000).checked(), old(2000)))).containsOnly("+ no rule removes it");
    }

    @Test
    void the_newest_checked_stays_however_old_it_is() {
        var plan = plan(days(1), old(100).checked(), old(200).checked());
        assertThat(reasons(plan)).containsExactly("+ newest checked", "- older than 1 day");
    }

    @Test
    void the_newest_proven_stays_beside_newer_checked_ones() {
        var plan = plan(days(30), old(1).checked(), old(90).proven(), old(100).proven());
        assertThat(reasons(plan))
                .containsExactly("+ not older than 30 days", "+ newest proven", "- older than 30 days");
    }

    @Test
    void a_damaged_one_is_never_the_newest_checked() {
        var plan = plan(days(1), old(40).checked().damaged(), old(50).checked(), old(60).checked());
        assertThat(reasons(plan))
                .containsExactly("- older than 1 day, damaged", "+ newest checked", "- older than 1 day");
    }

    @Test
    void a_pinned_one_stays_until_it_is_unpinned() {
        var unpinned = old(91).checked().pinned().mark(Mark.Type.UNPINNED, NOW);
        var plan = plan(days(30), old(1).checked(), old(90).checked().pinned(), unpinned);
        assertThat(reasons(plan)).containsExactly("+ not older than 30 days", "+ pinned", "- older than 30 days");
    }

    @Test
    void unchecked_and_damaged_ones_do_not_count_as_the_last() {
        var plan = plan(last(1), old(1), old(2).checked().damaged(), old(3).checked(), old(4), old(5).checked());
        assertThat(reasons(plan))
                .containsExactly(
                        "+ not checked, too few newer ones",
                        "+ damaged, too few newer ones",
                        "+ the last one",
                        "- not the last one",
                        "- not the last one");
    }

    @Test
    void age_alone_decides_about_unchecked_ones_when_both_rules_are_given() {
        var rules = new KeepRules(OptionalInt.of(5), Optional.of(Duration.ofDays(30)), Optional.empty());
        var plan = plan(rules, old(1).checked(), old(29), old(31), old(32).checked());
        assertThat(reasons(plan))
                .containsExactly(
                        "+ one of the last 5",
                        "+ not older than 30 days",
                        "- older than 30 days, not checked",
                        "+ one of the last 5");
    }

    @Test
    void where_nothing_was_ever_checked_the_newest_whole_one_stays() {
        var plan = plan(days(30), old(50).schemaOnly(), old(60).damaged(), old(70), old(80));
        assertThat(reasons(plan))
                .containsExactly(
                        "- older than 30 days, not checked",
                        "- older than 30 days, damaged",
                        "+ newest whole one, none is checked",
                        "- older than 30 days, not checked");
    }

    @Test
    void the_very_last_backup_stays_even_when_it_is_damaged() {
        var plan = plan(days(30), old(50).damaged(), old(60).damaged());
        assertThat(reasons(plan)).containsExactly("+ nothing better is left", "- older than 30 days, damaged");
    }

    @Test
    void backups_without_rows_never_displace_those_with_some() {
        var plan = plan(
                last(1),
                old(1).checked().withoutRows(),
                old(2).checked().withoutRows(),
                old(3).checked(),
                old(4).checked());
        assertThat(reasons(plan))
                .containsExactly("+ the last one", "- not the last one", "+ the last one", "- not the last one");
        var byAge = plan(days(1), old(10).checked().withoutRows(), old(20).checked(), old(30).checked());
        assertThat(reasons(byAge))
                .containsExactly("+ newest checked", "+ newest checked that holds rows", "- older than 1 day");
    }

    @Test
    void partial_backups_never_displace_whole_ones() {
        var plan = plan(
                last(1),
                old(1).checked().schemaOnly(),
                old(2).checked().filters("--table=orders"),
                old(3).checked(),
                old(4).checked());
        assertThat(reasons(plan))
                .containsExactly("+ the last one", "- not the last one", "+ the last one", "- not the last one");
        var byAge = plan(days(1), old(10).checked().schemaOnly(), old(20).checked());
        assertThat(reasons(byAge)).containsExactly("- older than 1 day", "+ newest checked");
    }

    @Test
    void kinds_are_counted_by_themselves() {
        var plan = plan(
                last(1),
                old(1).checked().kind("daily"),
                old(2).checked().kind("daily"),
                old(3).checked().kind("pre-deployment"));
        assertThat(reasons(plan)).containsExactly("+ the last one", "- not the last one", "+ the last one");
    }

    @Test
    void a_rule_for_one_kind_leaves_the_others_alone() {
        var rules = days(30).forKind(Kind.of("daily"));
        var plan = plan(
                rules,
                old(1).checked(),
                old(90).checked().kind("daily"),
                old(91).checked().kind("pre-deployment"));
        assertThat(reasons(plan)).containsExactly("+ not daily", "- older than 30 days", "+ not daily");
    }

    @Test
    void the_safety_backup_of_a_restore_is_not_all_that_stays() {
        var plan = plan(days(30), old(50).checked().kind("pre-restore"), old(60).checked(), old(70).checked());
        assertThat(reasons(plan)).containsExactly("+ newest checked", "+ newest checked", "- older than 30 days");
    }

    @Test
    void other_databases_are_left_out_of_the_plan() {
        var other =
                MadeBackup.of("crm", NOW.minus(Duration.ofDays(99))).checked().listed();
        var plan = RetentionPlan.of(List.of(other, old(1).checked().listed()), "shop", last(1), NOW);
        assertThat(plan.decisions())
                .extracting(decision -> decision.backup().database())
                .containsExactly(Optional.of("shop"));
    }

    @Test
    void dumps_of_other_tools_are_shown_and_stay() {
        var plan = RetentionPlan.of(
                List.of(
                        foreign("old-shop", Optional.of("shop"), Optional.empty()),
                        foreign("some", Optional.empty(), Optional.empty()),
                        foreign("garbled", Optional.empty(), Optional.of("some.json is not the metadata of a backup")),
                        foreign("crm", Optional.of("crm"), Optional.empty()),
                        old(1).checked().listed()),
                "shop",
                new KeepRules(OptionalInt.of(1), Optional.of(Duration.ZERO), Optional.empty()),
                NOW);
        assertThat(plan.removed()).isEmpty();
        assertThat(reasons(plan))
                .containsExactlyInAnyOrder(
                        "+ not a backup of pgkeep",
                        "+ not a backup of pgkeep",
                        "+ its metadata cannot be read",
                        "+ the last one");
    }

    @Test
    void a_backup_from_the_future_is_not_old() {
        assertThat(plan(days(1), old(-3).checked(), old(0).checked()).removed()).isEmpty();
    }

    @Test
    void the_bytes_of_what_goes_are_added_up() {
        var plan = plan(
                last(1),
                old(1).checked(),
                old(2).checked().bytes(100),
                old(3).checked().bytes(23));
        assertThat(plan.removedBytes()).isEqualTo(123);
        assertThat(plan.kept()).hasSize(1);
    }

    @Test
    void rules_that_would_keep_nothing_are_refused() {
        assertThatThrownBy(() -> last(0)).hasMessage("keep-last 0 would keep nothing");
        assertThatThrownBy(() -> days(-1)).hasMessage("older-than is negative");
    }

    private static KeepRules last(int count) {
        return new KeepRules(OptionalInt.of(count), Optional.empty(), Optional.empty());
    }

    private static KeepRules days(int count) {
        return new KeepRules(OptionalInt.empty(), Optional.of(Duration.ofDays(count)), Optional.empty());
    }

    private static MadeBackup old(int days) {
        return MadeBackup.of("shop", NOW.minus(Duration.ofDays(days)));
    }

    private static StoredBackup foreign(String name, Optional<String> database, Optional<String> problem) {
        return new StoredBackup(
                name,
                database,
                NOW.minus(Duration.ofDays(999)),
                Optional.empty(),
                "plain",
                10,
                Optional.empty(),
                List.of(Path.of(name + ".sql")),
                problem.map(text -> Path.of(name + ".json")),
                problem,
                List.of());
    }

    private static RetentionPlan plan(KeepRules rules, MadeBackup... backups) {
        return RetentionPlan.of(
                List.of(backups).stream().map(MadeBackup::listed).toList(), "shop", rules, NOW);
    }

    private static List<String> reasons(RetentionPlan plan) {
        return plan.decisions().stream()
                .map(decision -> (decision.keep() ? "+ " : "- ") + decision.reason())
                .toList();
    }
}
