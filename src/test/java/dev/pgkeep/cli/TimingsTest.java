package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.progress.Phases;
import dev.pgkeep.base.progress.Phases.Phase;
import dev.pgkeep.base.progress.Progress;
import dev.pgkeep.base.progress.TimedProgress;
import dev.pgkeep.cli.render.Json;
import dev.pgkeep.cli.render.Style;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TimingsTest {
    @Test
    void phases_stand_in_columns_with_their_share_of_the_whole() {
        Timings timings = new Timings(
                List.of(
                        phase("connect", 250, Optional.of(Duration.ofMillis(30))),
                        phase("definitions", 1500, Optional.empty())),
                Duration.ofMillis(12_000),
                Optional.of(Duration.ofMillis(900)),
                List.of("pgkeep 1.0", "native executable", "2 processors", "PostgreSQL 15.18"));
        assertThat(timings.lines(new Style(false))).containsExactly("""
                phase        seconds    cpu  share
                connect        0.250  0.030     2%
                definitions    1.500      –    13%
                total         12.000  0.900   100%
                pgkeep 1.0, native executable, 2 processors, PostgreSQL 15.18""".split("\n"));
    }

    @Test
    void what_is_in_no_phase_is_told_as_the_rest() {
        Phases phases = new Phases();
        phases.during("rows", () -> {});
        Timings timings = Timings.of(phases, Duration.ofSeconds(100), Optional.empty());
        assertThat(timings.phases()).extracting(Phase::name).containsExactly("rows", "rest");
        assertThat(timings.phases().getLast().wall()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
    }

    @Test
    void an_operation_without_phases_tells_its_steps_and_names_nothing_of_the_users() {
        Phases phases = new Phases();
        phases.during("configuration", () -> {});
        TimedProgress progress = new TimedProgress(Progress.SILENT, phases);
        progress.step("Loading shop_2026-01-01 from /secret/place");
        progress.step("Dropping the old shop");
        Timings timings = Timings.of(phases, Duration.ofSeconds(1), Optional.of("16.2 (built for ACME)"));
        assertThat(timings.phases())
                .extracting(Phase::name)
                .containsExactly("configuration", "loading", "dropping", "rest");
        assertThat(String.join("\n", timings.lines(new Style(false))))
                .doesNotContain("shop", "secret", "ACME")
                .endsWith("PostgreSQL 16.2");
    }

    @Test
    void steps_are_not_told_beside_phases_that_say_the_same() {
        Phases phases = new Phases();
        new TimedProgress(Progress.SILENT, phases).step("Dumping shop");
        phases.during("rows", () -> {});
        assertThat(Timings.of(phases, Duration.ofSeconds(1), Optional.empty()).phases())
                .extracting(Phase::name)
                .doesNotContain("dumping");
    }

    @Test
    void a_document_gets_them_as_its_last_field_and_only_an_object_does() {
        Timings timings = new Timings(List.of(), Duration.ofSeconds(2), Optional.empty(), List.of("pgkeep 1.0"));
        assertThat(Json.with("{\n  \"a\": 1\n}\n", "timings", timings.json()))
                .startsWith("{\n  \"a\": 1,\n  \"timings\": {")
                .contains("\"seconds\": 2")
                .endsWith("}\n}");
        assertThat(Json.with("{\n}", "timings", timings.json())).startsWith("{\n  \"timings\": {");
        assertThat(Json.with("[1]", "timings", timings.json())).isEqualTo("[1]");
    }

    private static Phase phase(String name, long millis, Optional<Duration> cpu) {
        return new Phase(name, Duration.ofMillis(millis), Duration.ofMillis(millis), cpu);
    }
}
