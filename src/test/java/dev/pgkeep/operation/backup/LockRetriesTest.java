package dev.pgkeep.operation.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.backup.LockRetries.Next;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LockRetriesTest {
    private static final PgkeepException BUSY =
            new PgkeepException(ErrorCode.LOCK_BUSY, "public.orders is locked by 17", "wait for it");

    @ParameterizedTest(name = "of {0} attempts, after number {1}: {2} s")
    @CsvSource({
        "2, 1, 2, trying again (1 of 1)",
        "6, 1, 2, trying again (1 of 5)",
        "6, 2, 4, trying again (2 of 5)",
        "6, 3, 6, trying again (3 of 5)",
        "6, 4, 6, trying again (4 of 5)",
        "6, 5, 6, trying again (5 of 5)",
    })
    void pauses_get_longer_up_to_three_times_the_first(int attempts, int attempt, int seconds, String said) {
        assertThat(new LockRetries(attempts, Duration.ofSeconds(2)).after(attempt, BUSY))
                .isEqualTo(new Next.Again("public.orders is locked by 17; " + said, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"2, 1 more attempt", "4, 3 more attempts", "6, 5 more attempts"})
    void after_the_last_attempt_it_is_told_how_many_did_not_help_and_what_may(int attempts, String said) {
        PgkeepException failure = over(new LockRetries(attempts, Duration.ofSeconds(2)).after(attempts, BUSY));
        assertThat(failure.code()).isEqualTo(ErrorCode.LOCK_BUSY);
        assertThat(failure)
                .hasMessage("public.orders is locked by 17; " + said + " did not help")
                .hasCause(BUSY);
        assertThat(failure.hint())
                .isEqualTo("wait for it; or leave that table out (--exclude-table), or raise lock-retries");
    }

    @Test
    void where_no_retry_is_wanted_the_failure_stays_what_it_is() {
        assertThat(over(new LockRetries(1, Duration.ofSeconds(2)).after(1, BUSY)))
                .isSameAs(BUSY);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LOCK_BUSY")
    void nothing_but_a_lock_is_worth_another_attempt(ErrorCode code) {
        var failure = new PgkeepException(code, "gone", "none");
        assertThat(over(new LockRetries(6, Duration.ofSeconds(2)).after(1, failure)))
                .isSameAs(failure);
    }

    private static PgkeepException over(Next next) {
        assertThat(next).isInstanceOf(Next.Over.class);
        return ((Next.Over) next).failure();
    }
}
