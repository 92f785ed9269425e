package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CommandsPageTest {
    @Test
    void every_command_has_a_line_on_the_page_of_commands() throws IOException {
        String page = Files.readString(Path.of("docs/reference/commands.md"));
        assertThat(Commands.ALL.keySet())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).containsPattern("(?m)^\\|.*`(pgkeep )?" + name + "\\b"));
    }
}
