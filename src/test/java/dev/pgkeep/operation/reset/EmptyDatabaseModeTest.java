package dev.pgkeep.operation.reset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way a database is made empty, as a table. */
final class EmptyDatabaseModeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // exists | creates | owns  | beside | mode    | refused
                "  false  | true    | false | true   | create  | false",
                "  false  | true    | false | false  | create  | false",
                "  false  | false   | false | true   | create  | true",
                "  false  | false   | false | false  | create  | true",
                "  true   | true    | true  | true   | replace | false",
                "  true   | true    | true  | false  | clean   | false",
                "  true   | true    | false | true   | clean   | false",
                "  true   | true    | false | false  | clean   | false",
                "  true   | false   | true  | true   | clean   | false",
                "  true   | false   | true  | false  | clean   | false",
                "  true   | false   | false | true   | clean   | false",
                "  true   | false   | false | false  | clean   | false",
            })
    void what_is_there_and_what_the_role_may_make_the_mode(
            boolean exists, boolean creates, boolean owns, boolean beside, String mode, boolean refused) {
        var facts = new EmptyDatabaseMode.Facts(exists, creates, owns, beside);
        EmptyDatabaseMode chosen = EmptyDatabaseMode.choose(facts);
        assertThat(chosen).isEqualTo(EmptyDatabaseMode.valueOf(mode.toUpperCase(Locale.ROOT)));
        assertThat(chosen.isRefused(facts)).isEqualTo(refused);
    }
}
