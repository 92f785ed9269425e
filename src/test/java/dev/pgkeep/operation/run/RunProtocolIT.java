package dev.pgkeep.operation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import java.nio.file.Path;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The history fails at each moment at which an operation writes to it. */
final class RunProtocolIT {
    @TempDir
    Path folder;

    static Stream<Operation> thoseThatNeedTheirBeginning() {
        return Stream.of(Operation.values()).filter(operation -> operation.needsBeginning);
    }

    static Stream<Operation> thoseThatDoNot() {
        return Stream.of(Operation.values()).filter(operation -> !operation.needsBeginning);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_done_stays_done_when_its_end_cannot_be_written(Operation operation) throws Exception {
        try (RunDesk desk = new RunDesk(folder)) {
            Runnable run = operation.prepare(desk);
            isDone(operation, desk, run, write -> write == operation.writes);
            assertThat(desk.writes()).isEqualTo(operation.writes);
            assertThat(desk.heard.warnings)
                    .contains("the end of this run is not in the history: the disk of the history is full");
            assertThat(desk.runs(operation.command)).noneMatch(RunProtocolIT::isFailed);
        }
    }

    /** Nothing is changed, so it can be tried again and again, until it is done. */
    @ParameterizedTest
    @MethodSource("thoseThatNeedTheirBeginning")
    void a_beginning_that_cannot_be_written_stops_what_has_a_way_back(Operation operation) throws Exception {
        try (RunDesk desk = new RunDesk(folder)) {
            Runnable run = operation.prepare(desk);
            isStopped(operation, desk, run, write -> true);
            isStopped(operation, desk, run, write -> write == 1);
            isFailedAndNotUndoable(desk.last(operation.command), ErrorCode.DISK_FULL);

            desk.safetyFails = true;
            assertThat(failure(operation, desk, run, write -> true).code()).isEqualTo(ErrorCode.SAFETY_BACKUP_FAILED);
            failure(operation, desk, run, write -> false);
            isFailedAndNotUndoable(desk.last(operation.command), ErrorCode.SAFETY_BACKUP_FAILED);

            desk.safetyFails = false;
            isDone(operation, desk, run, write -> false);
            assertThat(desk.heard.notes).noneMatch(note -> note.contains("history"));
            assertThat(desk.heard.warnings).noneMatch(warning -> warning.contains("history"));
            Run last = desk.last(operation.command);
            assertThat(last.outcome()).isEqualTo(Run.DONE);
            assertThat(last.safetyBackup()).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("thoseThatDoNot")
    void what_has_no_way_back_is_done_though_nothing_of_it_can_be_written(Operation operation) throws Exception {
        try (RunDesk desk = new RunDesk(folder)) {
            Runnable run = operation.prepare(desk);
            isDone(operation, desk, run, write -> true);
            assertThat(Stream.concat(desk.heard.notes.stream(), desk.heard.warnings.stream())
                            .filter(line -> line.contains("history")))
                    .hasSize(operation.writes);
        }
    }

    /** Rows go or come back in one transaction, which has not begun then. */
    @ParameterizedTest
    @EnumSource(names = {"ROWS_RESTORE_OVER_OTHERS", "DIFF_REPAIR", "CLEANUP", "CLEANUP_IN_BATCHES"})
    void what_is_interrupted_as_soon_as_its_beginning_is_written_has_nothing_to_go_back_from(Operation operation)
            throws Exception {
        try (RunDesk desk = new RunDesk(folder)) {
            Runnable run = operation.prepare(desk);
            PgkeepException failure = failure(operation, desk, run, write -> {
                desk.cancellation.cancel();
                return false;
            });
            assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
            assertThat(failure).hasMessageStartingWith("nothing was ");
            isFailedAndNotUndoable(desk.last(operation.command), ErrorCode.INTERRUPTED);
        }
    }

    private static void isDone(Operation operation, RunDesk desk, Runnable run, IntPredicate failing) {
        String before = operation.state(desk);
        desk.heard.notes.clear();
        desk.heard.warnings.clear();
        desk.failing(failing);
        run.run();
        assertThat(operation.state(desk)).isNotEqualTo(before);
    }

    private static void isStopped(Operation operation, RunDesk desk, Runnable run, IntPredicate failing) {
        PgkeepException failure = failure(operation, desk, run, failing);
        assertThat(failure).hasMessageMatching("nothing was \\w+: the disk of the history is full");
        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
    }

    private static PgkeepException failure(Operation operation, RunDesk desk, Runnable run, IntPredicate failing) {
        String before = operation.state(desk);
        desk.failing(failing);
        PgkeepException failure = catchThrowableOfType(PgkeepException.class, run::run);
        assertThat(failure).isNotNull();
        assertThat(operation.state(desk)).isEqualTo(before);
        return failure;
    }

    private static void isFailedAndNotUndoable(Run run, ErrorCode code) {
        assertThat(run.outcome()).isEqualTo(code.text());
        assertThat(PastRuns.isUndoable(run)).isFalse();
    }

    private static boolean isFailed(Run run) {
        return !run.outcome().equals(Run.DONE) && !run.outcome().equals(Run.RUNNING);
    }
}
