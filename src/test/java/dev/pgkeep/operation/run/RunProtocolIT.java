package dev.pgkeep.operation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The history fails at each moment at which an operation writes to it. */
final class RunProtocolIT {
    @TempDir
    Path folder;

    /** What became of an operation whose history failed. */
    private record Tried(PgkeepException failure, boolean changed, RunDesk desk) {}

    @ParameterizedTest
    @EnumSource
    void with_a_history_that_can_be_written_it_is_done_and_recorded(Operation operation) {
        try (RunDesk desk = new RunDesk(folder)) {
            Tried tried = tried(operation, desk, write -> false);
            isDone(tried);
            assertThat(desk.writes()).isEqualTo(operation.writes);
            assertThat(desk.heard.notes).noneMatch(note -> note.contains("history"));
            assertThat(desk.last(operation.command).outcome()).isEqualTo(Run.DONE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_done_stays_done_when_its_end_cannot_be_written(Operation operation) {
        try (RunDesk desk = new RunDesk(folder)) {
            isDone(tried(operation, desk, write -> write == operation.writes));
            assertThat(desk.heard.notes).anySatisfy(note -> assertThat(note)
                    .startsWith("the end of this run is not in the history: the disk of the history is full"));
            assertThat(desk.runs(operation.command)).noneMatch(run -> isFailed(run));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_beginning_that_cannot_be_written_stops_it_where_nobody_would_find_the_way_back(Operation operation) {
        try (RunDesk desk = new RunDesk(folder)) {
            Tried tried = tried(operation, desk, write -> write == 1);
            if (!operation.needsBeginning) {
                isDone(tried);
                return;
            }
            isStopped(tried);
            Run run = desk.last(operation.command);
            assertThat(run.outcome()).isEqualTo(ErrorCode.DISK_FULL.text());
            assertThat(PastRuns.isUndoable(run)).as("nothing to undo").isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void with_a_history_that_can_never_be_written_it_is_stopped_or_done_as_well(Operation operation) {
        try (RunDesk desk = new RunDesk(folder)) {
            Tried tried = tried(operation, desk, write -> true);
            if (operation.needsBeginning) {
                isStopped(tried);
            } else {
                isDone(tried);
            }
        }
    }

    private static Tried tried(Operation operation, RunDesk desk, IntPredicate failing) {
        Runnable run = operation.prepare(desk);
        String before = operation.state(desk);
        desk.heard.notes.clear();
        desk.failing(failing);
        PgkeepException failure = catchThrowableOfType(PgkeepException.class, run::run);
        return new Tried(failure, !operation.state(desk).equals(before), desk);
    }

    private static void isDone(Tried tried) {
        assertThat(tried.failure()).isNull();
        assertThat(tried.changed()).isTrue();
    }

    private static void isStopped(Tried tried) {
        assertThat(tried.failure()).hasMessageMatching("nothing was \\w+: the disk of the history is full");
        assertThat(tried.failure().code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(tried.changed()).isFalse();
    }

    private static boolean isFailed(Run run) {
        return !run.outcome().equals(Run.DONE) && !run.outcome().equals(Run.RUNNING);
    }
}
