package dev.pgkeep.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqlErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "53100, DISK_FULL, free disk space",
        "42501, RIGHTS_MISSING, owner",
        "55P03, LOCK_BUSY, another session",
        "55006, LOCK_BUSY, end the sessions",
        "40P01, LOCK_BUSY, run the same command",
        "57014, SQL_FAILED, statement_timeout",
        "57P01, SERVER_LOST, see its log",
        "08006, SERVER_LOST, server is up",
        "25006, SERVER_READ_ONLY, primary",
        "42601, SQL_FAILED, SQLSTATE 42601",
        ", SQL_FAILED, log"
    })
    void a_state_becomes_a_code_and_a_hint(String state, ErrorCode code, String hint) {
        var failure = SqlErrors.translate(new SQLException("first line\n  second line", state), "counting rows of t");
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessage("counting rows of t: first line; second line");
        assertThat(failure.hint()).contains(hint);
    }
}
