package dev.pgkeep.base.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Phases.Phase;
import dev.pgkeep.testing.Heard;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PhasesTest {
    private final AtomicLong cpu = new AtomicLong();
    private final Phases phases = new Phases(cpu::get);

    @Test
    void phases_are_told_in_the_order_in_which_they_began_each_once() {
        phases.during("check", () -> {});
        phases.during("rows", () -> {});
        phases.during("check", () -> {});
        assertThat(phases.taken()).extracting(Phase::name).containsExactly("check", "rows");
    }

    @Test
    void what_has_not_ended_is_not_told_yet() {
        try (Phases.Open open = phases.begin("rows")) {
            assertThat(phases.taken()).isEmpty();
        }
        assertThat(phases.taken()).hasSize(1);
    }

    @Test
    void a_phase_that_fails_has_ended() {
        try {
            phases.during("rows", (Runnable) () -> {
                throw new IllegalStateException("refused");
            });
        } catch (IllegalStateException e) {
            // As intended.
        }
        assertThat(phases.taken()).extracting(Phase::name).containsExactly("rows");
    }

    @Test
    void threads_that_are_at_it_at_once_add_up_to_work_and_not_to_time() {
        CyclicBarrier together = new CyclicBarrier(3);
        Crew.run(3, "test-phases", new Cancellation(), stop -> {
            try (Phases.Open open = phases.beside("rows")) {
                meet(together);
                meet(together);
            }
        });
        Phase rows = phases.taken().getFirst();
        assertThat(rows.work()).isGreaterThan(rows.wall());
        assertThat(rows.cpu()).isEmpty();
    }

    @Test
    void processor_time_is_told_only_of_phases_that_always_went_on_alone() {
        phases.during("check", () -> cpu.addAndGet(5));
        phases.during("statistics", () -> {});
        phases.beside("statistics").close();
        phases.during("statistics", () -> {});
        assertThat(phases.taken())
                .filteredOn(phase -> phase.cpu().isEmpty())
                .extracting(Phase::name)
                .containsExactly("statistics");
        assertThat(phases.taken().getFirst().cpu()).contains(Duration.ofNanos(5));
    }

    @Test
    void what_goes_on_at_once_is_covered_once() {
        Phases.Open rows = phases.beside("rows");
        Phases.Open definitions = phases.beside("definitions");
        rows.close();
        definitions.close();
        Duration both = phases.taken().stream().map(Phase::wall).reduce(Duration.ZERO, Duration::plus);
        Duration longest = phases.taken().stream()
                .map(Phase::wall)
                .max(Duration::compareTo)
                .orElseThrow();
        assertThat(phases.covered()).isBetween(longest, both);
    }

    @Test
    void closing_twice_counts_once() {
        Phases.Open open = phases.begin("rows");
        open.close();
        Duration taken = phases.taken().getFirst().work();
        open.close();
        assertThat(phases.taken().getFirst().work()).isEqualTo(taken);
    }

    @Test
    void steps_are_heard_and_timed_apart_from_phases() {
        Heard heard = new Heard();
        TimedProgress progress = new TimedProgress(heard, phases);
        progress.step("Loading shop");
        progress.phases().during("rows", () -> {});
        progress.step("Exchanging the names");
        assertThat(phases.steps()).extracting(Phase::name).containsExactly("loading", "exchanging");
        assertThat(phases.taken()).extracting(Phase::name).containsExactly("rows");
    }

    private static void meet(CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
