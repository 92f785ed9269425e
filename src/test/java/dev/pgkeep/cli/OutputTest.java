package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OutputTest {
    /** Half a script of {@code diff --sql > file} would otherwise be taken for a whole one. */
    @Test
    void output_that_does_not_fit_on_the_disk_is_an_error() throws IOException, InterruptedException {
        File full = new File("/dev/full");
        assumeThat(full).exists();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.pgkeep.Main",
                        "version")
                .redirectOutput(full)
                .start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isEqualTo(1);
        assertThat(told).contains("the output could not be written to its end");
    }
}
