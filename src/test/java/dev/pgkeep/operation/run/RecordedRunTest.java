package dev.pgkeep.operation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.operation.run.RunOutcome.Changed;
import dev.pgkeep.operation.run.RunOutcome.Done;
import dev.pgkeep.operation.run.RunOutcome.Reported;
import dev.pgkeep.operation.run.RunOutcome.Unchanged;
import dev.pgkeep.repository.History;
import dev.pgkeep.testing.Heard;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** What the history says of each outcome, and what the caller gets. */
final class RecordedRunTest {
    private static final PgkeepException FAILURE = new PgkeepException(ErrorCode.SQL_FAILED, "it failed", "look");

    private final Map<String, Run> written = new LinkedHashMap<>();
    private final Heard heard = new Heard();

    @Test
    void what_is_done_has_its_result_and_keeps_the_way_back() {
        assertThat(ends(new Done<>("result"), write -> false)).isEqualTo("result");
        assertThat(last().outcome()).isEqualTo(Run.DONE);
        assertThat(last().message()).isEqualTo("result!");
        assertThat(last().safetyBackup()).isEqualTo("safety");
    }

    @Test
    void what_reports_a_failure_has_its_result_and_is_recorded_as_failed() {
        assertThat(ends(new Reported<>("result", FAILURE), write -> false)).isEqualTo("result");
        assertThat(last().outcome()).isEqualTo("sql.failed");
        assertThat(last().safetyBackup()).isEqualTo("safety");
    }

    @Test
    void what_failed_and_changed_something_keeps_the_way_back() {
        assertThatThrownBy(() -> ends(new Changed<>(FAILURE), write -> false)).isSameAs(FAILURE);
        assertThat(last().outcome()).isEqualTo("sql.failed");
        assertThat(last().safetyBackup()).isEqualTo("safety");
    }

    @Test
    void what_failed_and_changed_nothing_has_nothing_to_go_back_from() {
        assertThatThrownBy(() -> ends(new Unchanged<>(FAILURE), write -> false)).isSameAs(FAILURE);
        assertThat(last().outcome()).isEqualTo("sql.failed");
        assertThat(last().safetyBackup()).isNull();
    }

    @Test
    void an_end_that_cannot_be_written_changes_nothing_of_what_the_caller_gets() {
        IntPredicate end = write -> write == 2;
        assertThat(ends(new Done<>("result"), end)).isEqualTo("result");
        assertThat(heard.warnings)
                .containsExactly("the end of this run is not in the history: the disk of the history is full");
        assertThat(ends(new Reported<>("result", FAILURE), end)).isEqualTo("result");
        assertThatThrownBy(() -> ends(new Changed<>(FAILURE), end)).isSameAs(FAILURE);
        assertThatThrownBy(() -> ends(new Unchanged<>(FAILURE), end)).isSameAs(FAILURE);
        assertThat(written.values()).extracting(Run::outcome).containsOnly(Run.RUNNING);
    }

    @Test
    void a_failure_on_the_way_is_recorded_and_thrown_as_it_is() {
        RecordedRun run = begun(write -> false);
        assertThatThrownBy(() -> run.run(() -> {
                    throw FAILURE;
                }))
                .isSameAs(FAILURE);
        assertThat(last().outcome()).isEqualTo("sql.failed");
        assertThat(last().safetyBackup()).isEqualTo("safety");
    }

    @Test
    void what_is_thrown_after_the_end_makes_no_failure_of_it_in_the_history() {
        RecordedRun run = begun(write -> false);
        assertThatThrownBy(() -> run.run(() -> {
                    run.end(new Done<>("result"), result -> result);
                    throw FAILURE;
                }))
                .isSameAs(FAILURE);
        assertThat(last().outcome()).isEqualTo(Run.DONE);
    }

    private String ends(RunOutcome<String> outcome, IntPredicate failing) {
        RecordedRun run = begun(failing);
        return run.run(() -> run.end(outcome, result -> result + "!"));
    }

    private RecordedRun begun(IntPredicate failing) {
        RecordedRun run = RecordedRun.of(context(failing), "restore", "shop");
        run.goesBackTo(Optional.of("safety"));
        run.begin("nothing was changed");
        return run;
    }

    private RunContext context(IntPredicate failing) {
        History history = new History() {
            @Override
            public void record(Run run) {
                written.put(run.id(), run);
            }

            @Override
            public List<Run> runs() {
                return List.copyOf(written.values());
            }
        };
        return new RunContext(new FailingHistory(history, failing), Clock.systemUTC(), heard, new Cancellation());
    }

    private Run last() {
        return written.values().stream().reduce((first, second) -> second).orElseThrow();
    }
}
