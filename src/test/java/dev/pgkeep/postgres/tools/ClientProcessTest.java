package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.base.progress.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ClientProcessTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @BeforeEach
    void only_where_sh_runs() {
        assumeFalse(File.separatorChar == '\\');
    }

    @Test
    void full_pipes_on_all_sides_do_not_stop_each_other() {
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        var lines = new ArrayList<String>();
        var result = sh("tee /dev/stderr | cat; i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done")
                .stdinFrom(stdin -> {
                    for (int i = 0; i < 20; i++) {
                        stdin.write(block);
                    }
                })
                .stdoutTo(stdout -> stdout.transferTo(taken))
                .onStderr(lines::add)
                .keep(3)
                .run(new Cancellation());
        assertThat(result.status()).isZero();
        assertThat(taken.size()).isEqualTo(20 << 20);
        assertThat(result.stderrTail()).containsExactly("line 4997", "line 4998", "line 4999");
        assertThat(lines).hasSize(5000);
        assertThat(lines.getFirst()).hasSizeLessThan(5000);
    }

    @Test
    void a_child_that_stops_reading_is_not_a_failure_of_the_feeder() {
        var result = sh("head -c 1 >/dev/null; exit 3")
                .stdinFrom(stdin -> stdin.write(new byte[10 << 20]))
                .run(new Cancellation());
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.tookAllInput()).isFalse();
    }

    @Test
    void a_source_that_fails_ends_the_child_and_is_told() {
        var process = sh("sleep 60; cat").stdinFrom(stdin -> {
            throw new IOException("the source broke");
        });
        assertThatThrownBy(() -> process.run(new Cancellation())).hasMessageContaining("the source broke");
    }

    @Test
    void a_taker_that_fails_ends_the_child_and_its_error_comes_through() {
        var process = sh("yes").stdoutTo((InputStream stdout) -> {
            throw new PgkeepException(ErrorCode.BACKUP_DAMAGED, "not a dump", "use another");
        });
        assertThatThrownBy(() -> process.run(new Cancellation())).hasMessage("not a dump");
    }

    @Test
    void what_a_taker_leaves_is_thrown_away() {
        assertThat(sh("head -c 3000000 /dev/zero")
                        .stdoutTo(InputStream::read)
                        .run(new Cancellation())
                        .ok())
                .isTrue();
    }

    @Test
    void cancelling_ends_the_child_and_its_children() {
        var cancellation = new Cancellation();
        // Each of them has it open, so it ends when the last of them does.
        Path held = folder.resolve("held");
        sh("mkfifo " + held).run(new Cancellation());
        var allGone = CompletableFuture.runAsync(() -> readToItsEnd(held), Thread::startVirtualThread);
        var lines = new ArrayList<String>();
        assertThatThrownBy(() -> sh("exec 3>" + held + "; echo started >&2; sleep 61; sleep 62")
                        .onStderr(line -> {
                            lines.add(line);
                            cancellation.cancel();
                        })
                        .run(cancellation))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
        assertThat(lines).startsWith("started"); // a shell that outlives its child a moment may say "Terminated" too
        assertThat(allGone).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_child_that_ignores_the_request_to_end_is_killed_after_three_seconds() {
        var cancellation = new Cancellation();
        var process = sh("trap '' TERM; echo started >&2; while true; do sleep 1; done")
                .onStderr(line -> cancellation.cancel());
        long begin = System.nanoTime();
        assertThatThrownBy(() -> process.run(cancellation)).hasMessage("interrupted");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
    }

    @Test
    void a_child_that_takes_too_long_is_ended() {
        assertThatThrownBy(() -> sh("sleep 60").within(Duration.ofMillis(200)).run(new Cancellation()))
                .hasMessageContaining("did not answer");
    }

    @Test
    void the_environment_is_set_taken_away_and_in_english() {
        var result = sh("echo \"$MINE|$HOME|$LC_ALL|$PGCLIENTENCODING\"")
                .environment(Map.of("MINE", "yes"))
                .without(Set.of("HOME"))
                .stdoutTo(stdout -> stdout.transferTo(taken))
                .run(new Cancellation());
        assertThat(result.ok()).isTrue();
        assertThat(taken.toString(StandardCharsets.UTF_8)).isEqualTo("yes||C|\n");
    }

    @Test
    void stderr_comes_in_the_encoding_it_was_said_to_be_in() {
        var result = sh("printf 'caf\\351\\n' >&2")
                .charset(StandardCharsets.ISO_8859_1)
                .run(new Cancellation());
        assertThat(result.stderrTail()).containsExactly("café");
    }

    @Test
    void a_file_is_written_with_mode_600_and_read() throws IOException {
        Path in = Files.writeString(folder.resolve("in"), "hello");
        Path out = folder.resolve("out");
        sh("cat").stdinFrom(in).stdoutTo(out).run(new Cancellation());
        assertThat(out).hasContent("hello");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_missing_program_and_a_missing_file_are_told_apart() {
        assertThatThrownBy(() -> new ClientProcess(List.of("/nowhere/pg_dump")).run(new Cancellation()))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOLS_MISSING));
        assertThatThrownBy(() -> sh("cat").stdinFrom(folder.resolve("none")).run(new Cancellation()))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_FAILED));
    }

    private static void readToItsEnd(Path pipe) {
        try {
            assertThat(Files.readAllBytes(pipe)).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClientProcess sh(String script) {
        return new ClientProcess(List.of("/bin/sh", "-c", script));
    }
}
