package dev.pgkeep.base.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ErrorsPageTest {
    private static final Path PAGE = Path.of("docs/reference/errors.md");

    /** A property that has the test write the page first, so that changed words need no copying. */
    private static final String WRITE = "pgkeep.pages.write";

    @Test
    void the_page_of_errors_says_what_the_codes_say() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(PAGE, ErrorsPage.text());
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew: mvn -q test -Dtest=ErrorsPageTest -D%s=true", WRITE)
                .isEqualTo(ErrorsPage.text());
    }

    @Test
    void every_code_says_what_happened_and_what_to_do_in_a_sentence() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(code.meaning()).matches("(?s)[A-Z`].{5,150}\\.").doesNotContain("|", "\n");
            assertThat(code.remedy()).matches("(?s)[A-Z`].{5,150}\\.").doesNotContain("|", "\n");
        });
    }

    @Test
    void every_code_has_a_text_of_its_own() {
        assertThat(ErrorCode.values()).extracting(ErrorCode::text).doesNotHaveDuplicates();
    }

    @Test
    void every_exit_status_stands_on_the_page_of_scripts() throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/reference/scripting.md")))
                .filteredOn(line -> line.matches("\\| \\d+ \\| .*"))
                .extracting(line -> Integer.parseInt(line.split("\\|")[1].strip()))
                .containsExactlyElementsOf(Arrays.stream(ExitStatus.values())
                        .map(ExitStatus::number)
                        .toList());
    }
}
