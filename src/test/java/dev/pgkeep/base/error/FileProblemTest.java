package dev.pgkeep.base.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FileProblemTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), "FULL", "disk.full", "the disk is full"),
                Arguments.of(
                        new FileSystemException("f", null, "Disk quota exceeded"),
                        "FULL",
                        "disk.full",
                        "the disk is full"),
                Arguments.of(new AccessDeniedException("f"), "DENIED", "file.no-permission", "no permission"),
                Arguments.of(
                        new FileSystemException("f", null, "Read-only file system"),
                        "DENIED",
                        "file.no-permission",
                        "no permission"),
                Arguments.of(new NoSuchFileException("f"), "MISSING", "file.failed", "no such file or folder"),
                Arguments.of(new IOException("Input/output error"), "BROKEN", "file.failed", "Input/output error"),
                Arguments.of(new FileSystemException("f"), "OTHER", "file.failed", "f"),
                Arguments.of(new IOException("Broken pipe"), "OTHER", "file.failed", "Broken pipe"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_is_read_and_said(IOException e, String problem, String code, String why) {
        PgkeepException said = FileProblem.explain(e, "cannot write f", Enum::name);
        assertThat(said.hint()).isEqualTo(problem);
        assertThat(said.code().text()).isEqualTo(code);
        assertThat(said).hasMessage("cannot write f: " + why).hasCause(e);
    }
}
