package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import dev.pgkeep.base.secret.KnownSecrets;
import dev.pgkeep.cli.render.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void a_new_log_is_for_its_owner_alone_and_an_old_one_becomes_so() throws IOException {
        Path log = folder.resolve("log");
        print(log, "one\n");
        assertThat(mode(log)).isEqualTo("rw-------");
        Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-rw-"));
        print(log, "two");
        assertThat(mode(log)).isEqualTo("rw-------");
        assertThat(log).content().isEqualTo("one\ntwo");
    }

    @Test
    void secrets_are_hidden_in_the_log_in_whatever_slices_they_come() throws IOException {
        KnownSecrets.add("Nilgai ümlaut/7");
        Path log = folder.resolve("log");
        try (LogFile file = LogFile.open(around(), log)) {
            PrintStream stream = file.console(new Console.Screen(false, false, 80), new Cancellation())
                    .rawOut();
            for (byte each : "a Nilgai ümlaut/7 b\nNilgai%20".getBytes(StandardCharsets.UTF_8)) {
                stream.write(each);
                stream.flush();
            }
            assertThat(log).content().isEqualTo("a *** b\n");
            stream.print("%C3%BCmlaut%2f7");
        }
        assertThat(log).content().isEqualTo("a *** b\n***");
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("a Nilgai ümlaut/7 b\n");
    }

    @Test
    void in_a_folder_where_everybody_may_write_no_link_is_followed_and_no_foreign_file_is_filled() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setAttribute(open, "unix:mode", 01777);
        Path aim = Files.writeString(folder.resolve("aim"), "");
        Path link = Files.createSymbolicLink(open.resolve("link"), aim);
        refused(link);
        assertThat(aim).isEmptyFile();
        Path mine = open.resolve("mine");
        print(mine, "fine\n");
        assertThat(mine).content().isEqualTo("fine\n");
        assumeTrue((Integer) Files.getAttribute(mine, "unix:uid") == 0, "only root gives files away");
        Files.setAttribute(mine, "unix:uid", 12_345);
        refused(mine);
    }

    @Test
    void what_is_no_file_can_be_written_to_as_well() {
        Path nothing = Path.of("/dev/null");
        assumeTrue(Files.exists(nothing));
        String before = mode(nothing);
        print(nothing, "gone");
        assertThat(mode(nothing)).isEqualTo(before);
    }

    private void refused(Path log) {
        assertThatThrownBy(() -> print(log, "x"))
                .isInstanceOfSatisfying(
                        PgkeepException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.REFUSED));
    }

    private void print(Path log, String text) {
        try (LogFile file = LogFile.open(around(), log)) {
            file.console(new Console.Screen(false, false, 80), new Cancellation())
                    .rawErr()
                    .print(text);
        }
    }

    private ProcessContext around() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new ProcessContext(
                Map.of(),
                folder,
                folder,
                stream,
                stream,
                InputStream.nullInputStream(),
                false,
                Clock.systemUTC(),
                "pgkeep");
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
