package dev.pgkeep.operation.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Mark;
import dev.pgkeep.operation.run.RunContext;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.Heard;
import dev.pgkeep.testing.MadeBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PruneTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final KeepRules LAST_TWO = new KeepRules(OptionalInt.of(2), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private final Heard heard = new Heard();
    private Repository repository;

    @BeforeEach
    void five_backups_and_a_dump_of_somebody() throws IOException {
        repository = Repository.open(folder.resolve("backups"), CLOCK);
        for (int day = 1; day <= 5; day++) {
            MadeBackup.of("shop", NOW.minus(Duration.ofDays(day))).checked().storeIn(repository);
        }
        Files.writeString(repository.root().resolve("theirs.sql"), "--\n-- PostgreSQL database dump\n--\n");
    }

    @Test
    void what_the_plan_removes_is_gone_with_its_marks_and_the_rest_is_listed() throws IOException {
        var outcome = prune().run(plan());
        assertThat(outcome.skipped()).isEmpty();
        assertThat(outcome.removed())
                .extracting(StoredBackup::name)
                .containsExactly("shop_2026-11-15_120000", "shop_2026-11-16_120000", "shop_2026-11-17_120000");
        assertThat(repository.list())
                .extracting(StoredBackup::name)
                .containsExactlyInAnyOrder("shop_2026-11-19_120000", "shop_2026-11-18_120000", "theirs");
        try (var marks = Files.list(repository.root().resolve("marks"))) {
            assertThat(marks).hasSize(2);
        }
        assertThat(heard.steps).containsExactly("Removing 3 backups");
    }

    @Test
    void what_was_removed_is_in_the_history_and_an_empty_plan_is_not() {
        prune().run(plan());
        prune().run(plan());
        assertThat(repository.history().runs()).singleElement().satisfies(run -> {
            assertThat(run.command()).isEqualTo("prune");
            assertThat(run.database()).isEqualTo("shop");
            assertThat(run.succeeded()).isTrue();
            assertThat(run.message())
                    .startsWith("removed 3 backups, ")
                    .endsWith(": shop_2026-11-15_120000, shop_2026-11-16_120000, shop_2026-11-17_120000");
        });
    }

    @Test
    void one_in_use_is_skipped_with_a_warning_and_the_others_go() {
        var plan = plan();
        try (var lease = repository.lease(plan.removed().getFirst())) {
            var outcome = prune().run(plan);
            assertThat(lease).isNotNull();
            assertThat(outcome.removed()).hasSize(2);
            assertThat(outcome.skipped()).extracting(Prune.Skipped::reason).containsExactly("in use by another run");
            assertThat(heard.warnings).containsExactly("shop_2026-11-17_120000 is not removed: in use by another run");
        }
        assertThat(prune().run(plan()).removed()).hasSize(1);
    }

    @Test
    void one_that_was_pinned_since_the_plan_was_made_stays() {
        var plan = plan();
        String pinned = plan.removed().getLast().name();
        repository.mark(new Mark(pinned, Mark.Type.PINNED, NOW, Map.of()));
        var outcome = prune().run(plan);
        assertThat(outcome.skipped()).extracting(Prune.Skipped::reason).containsExactly("pinned");
        assertThat(repository.list()).extracting(StoredBackup::name).contains(pinned);
    }

    @Test
    void when_the_newer_ones_turned_out_damaged_the_older_ones_stay() {
        var plan = plan();
        plan.kept().stream()
                .filter(StoredBackup::isOurs)
                .forEach(backup -> repository.mark(new Mark(backup.name(), Mark.Type.DAMAGED, NOW, Map.of())));
        var outcome = prune().run(plan);
        assertThat(outcome.removed()).extracting(StoredBackup::name).containsExactly("shop_2026-11-15_120000");
        assertThat(outcome.skipped()).hasSize(2);
    }

    @Test
    void one_that_somebody_else_removed_is_no_error() {
        var plan = plan();
        repository.remove(plan.removed().getFirst());
        assertThat(prune().run(plan).removed()).hasSize(2);
    }

    @Test
    void an_interruption_stops_it_and_leaves_the_rest() {
        var cancellation = new Cancellation();
        cancellation.cancel();
        assertThatThrownBy(() -> new Prune(repository, new RunContext(repository.history(), CLOCK, heard, cancellation))
                        .run(plan()))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(repository.list()).hasSize(6);
    }

    @Test
    void an_empty_plan_does_nothing_and_says_nothing() {
        var plan = RetentionPlan.of(List.of(), "shop", LAST_TWO, NOW);
        assertThat(prune().run(plan).removed()).isEmpty();
        assertThat(heard.steps).isEmpty();
    }

    private RetentionPlan plan() {
        return RetentionPlan.of(repository.list(), "shop", LAST_TWO, NOW);
    }

    private Prune prune() {
        return new Prune(repository, new RunContext(repository.history(), CLOCK, heard, new Cancellation()));
    }
}
