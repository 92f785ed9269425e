package dev.pgkeep.operation.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgkeep.base.error.ExitStatus;
import dev.pgkeep.testing.Commands.Finished;
import dev.pgkeep.testing.LongForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups on another machine, which is this one by way of a real sshd. */
final class SshRefreshIT {
    private static final String PRODUCTION = """
            create table customers (id int primary key, name text);
            insert into customers select n, md5(n::text) from generate_series(1, 3000) n;
            """;

    @TempDir
    private static Path folder;

    private static RefreshDesk desk;
    private static SshServer ssh;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(SshServer.missing().isEmpty(), SshServer.missing().orElse(""));
        ssh = SshServer.start(folder.resolve("ssh"));
        desk = new RefreshDesk(folder, PRODUCTION, "create table mine (n int)");
    }

    @AfterAll
    static void close() {
        if (desk != null) {
            desk.close();
            ssh.close();
        }
    }

    @Test
    void a_backup_of_a_repository_over_there_is_fetched_with_no_more_than_it_needs() throws IOException {
        desk.prove(desk.backup());
        desk.production()
                .execute(
                        "insert into customers select n, repeat(md5(n::text), 300) from generate_series(3001, 9000) n");
        desk.backup();
        var finished = refresh("key", desk.backups(), "--yes");
        assertThat(finished.status()).as(finished.output()).isEqualTo(ExitStatus.DONE.number());
        assertThat(finished.stderr()).contains("this is the newest proven backup", "--any");
        assertThat(desk.development().count("customers")).isEqualTo(3000);
        assertThat(refresh("key", desk.backups(), "--yes", "--any").status()).isEqualTo(ExitStatus.DONE.number());
        assertThat(desk.development().count("customers")).isEqualTo(9000);
        nothingIsLeft();
        desk.production().execute("delete from customers where id > 3000");
    }

    @LongForm
    @Test
    void portable_backups_and_dump_files_over_there_will_do_too() throws IOException {
        String name = desk.backup(
                "--format",
                "directory",
                "--repo",
                folder.resolve("portable o'backups").toString());
        var finished = refresh("key", folder.resolve("portable o'backups"), "--yes", "--backup", name);
        assertThat(finished.status()).as(finished.output()).isEqualTo(ExitStatus.DONE.number());
        assertThat(desk.development().count("customers")).isPositive();
        Path file = folder.resolve("plain")
                .resolve(desk.backup(
                                "--format",
                                "plain",
                                "--repo",
                                folder.resolve("plain").toString()) + ".sql.zst");
        assertThat(file).exists();
        var ofFile = refresh("key", file, "--yes");
        assertThat(ofFile.status()).as(ofFile.output()).isEqualTo(ExitStatus.DONE.number());
        nothingIsLeft();
    }

    @Test
    void what_cannot_be_reached_or_is_not_there_changes_nothing() throws IOException {
        var stranger = refresh("stranger", desk.backups(), "--yes");
        assertThat(stranger.status()).isEqualTo(ExitStatus.FAILED.number());
        assertThat(stranger.stderr())
                .contains("[source.unreachable]", "cannot reach 127.0.0.1 by ssh", "Permission denied");
        var nothing = refresh("key", folder.resolve("nothing"), "--yes");
        assertThat(nothing.stderr()).contains("[backup.not-found]", "there is no file or folder");
        var password = desk.run("refresh", "--from", "ssh://me:hunter2@127.0.0.1/srv", "--yes");
        assertThat(password.status()).isEqualTo(ExitStatus.USAGE.number());
        assertThat(password.stderr()).contains("takes no password").doesNotContain("hunter2");
        nothingIsLeft();
    }

    private static Finished refresh(String key, Path path, String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "refresh";
        words[1] = "--from";
        words[2] = ssh.url(path);
        System.arraycopy(more, 0, words, 3, more.length);
        return desk.run(Map.of("PGKEEP_REFRESH_SSH", ssh.client(key)), words);
    }

    /** Whatever was fetched lay beside the developer's own backups. */
    private static void nothingIsLeft() {
        assertThat(Files.exists(desk.ownBackups().resolve("passing"))).isFalse();
    }
}
