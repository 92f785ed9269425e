package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which database a script says it is. */
final class DumpOriginTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "\\connect shop, shop",
                "\\connect \"Shop\"\"1\", Shop\"1",
                "\\connect -reuse-previous=on \"dbname='it\\'s \\\\ odd'\", it's \\ odd",
            })
    void a_script_connects_to_its_database(String line, String name) {
        assertThat(DumpOrigin.connected("\\connect template1\nCREATE DATABASE x;\n" + line + "\r\n\nSET x = 1;"))
                .contains(name);
    }

    @Test
    void a_script_that_connects_nowhere_says_nothing() {
        assertThat(DumpOrigin.connected("-- \\connect shop\nSET x = 1;")).isEmpty();
    }
}
