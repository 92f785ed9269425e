package dev.pgkeep.postgres.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a script tells of itself when it is read to its end. */
final class DumpScanTest {
    @Test
    void what_a_program_said_is_found_wherever_it_stands_between_statements() {
        for (String script : new String[] {
            "SELECT 1;\npg_dump: error: query failed: server closed the connection\nSELECT 2;\n",
            "SELECT 1;\npg_dump: error: query failed\n",
            "SELECT 1;\nPassword: \n\\restrict abc\nSELECT 1;\n",
        }) {
            assertThatThrownBy(() -> scan(script)).isInstanceOfSatisfying(PgkeepException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.SCRIPT_REFUSED);
                assertThat(e.getMessage()).startsWith("line 2: no statement of PostgreSQL's begins with");
                assertThat(e.hint()).contains("take the line out");
            });
        }
    }

    private static DumpContents scan(String script) throws IOException {
        DumpScan scan = new DumpScan(null);
        scan.read(new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)), bytes -> {});
        return scan.contents();
    }
}
