package dev.pgkeep.operation.restore.load.mend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerFailureTest {
    @ParameterizedTest
    @CsvSource({
        // state, text, may be mended, by the search path, by NOT VALID
        "42883, function f() does not exist, true, true, false",
        "42P01, relation t does not exist, true, true, false",
        "P0001, raised by a function, true, true, false",
        "23514, a check is broken, true, true, true",
        "23503, a foreign key is broken, true, false, true",
        "23505, a key is broken, true, false, false",
        "23P01, an exclusion is broken, true, false, false",
        "42501, permission denied for tablespace fast, true, false, false",
        "22023, invalid value for parameter default_tablespace, true, false, false",
        "42501, permission denied for schema private, false, false, false",
        "42601, syntax error, false, false, false",
        "42P07, relation t already exists, false, false, false",
        "53100, could not extend file, false, false, false",
        "57P01, terminating connection, false, false, false",
        "08006, connection failure, false, false, false",
        "22P02, invalid input syntax, false, false, false",
        "58P01, extension control file, false, false, false",
    })
    void the_state_decides_what_may_help(String state, String text, boolean mended, boolean path, boolean notValid) {
        var failure = new ServerFailure(state, text, "", "", "", "", "");
        assertThat(failure.mayBeMended()).isEqualTo(mended);
        assertThat(failure.mayBeOfPath()).isEqualTo(path);
        assertThat(failure.breaksWhatNeedNotBeValid()).isEqualTo(notValid);
    }
}
