package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientToolsTest {
    @TempDir
    Path root;

    @BeforeEach
    void only_where_scripts_run() {
        assumeFalse(File.separatorChar == '\\');
    }

    @Test
    void sets_are_found_in_every_kind_of_place_and_sorted_newest_first() throws IOException {
        install("usr/lib/postgresql/15/bin", "15.18");
        install("usr/pgsql-16/bin", "16.4");
        install("opt/homebrew/opt/postgresql@17/bin", "17.5");
        install("home/me/.asdf/installs/postgres/14.9/bin", "14.9");
        install("somewhere", "18beta1");
        var environment = Map.of("PATH", "relative:" + root.resolve("somewhere"), "HOME", root + "/home/me");
        assertThat(ClientTools.find(environment, Optional.empty(), root).sets())
                .extracting(ClientSet::version)
                .containsExactly(
                        new Version(18, 0),
                        new Version(17, 5),
                        new Version(16, 4),
                        new Version(15, 18),
                        new Version(14, 9));
    }

    @Test
    void one_set_behind_two_links_is_found_once() throws IOException {
        Path bin = install("usr/lib/postgresql/15/bin", "15.18");
        Files.createDirectories(root.resolve("links"));
        for (Tool tool : Tool.values()) {
            Files.createSymbolicLink(root.resolve("links").resolve(tool.text()), bin.resolve(tool.text()));
        }
        var tools = ClientTools.find(
                Map.of("PATH", root.resolve("links").toString()), Optional.empty(), root.resolve("nothing"));
        assertThat(tools.sets()).containsExactly(new ClientSet(new Version(15, 18), bin.toRealPath()));
    }

    @Test
    void a_folder_without_pg_restore_and_a_pg_dump_that_does_not_run_are_left_out() throws IOException {
        Path bin = install("usr/lib/postgresql/15/bin", "15.18");
        Files.delete(bin.resolve("pg_restore"));
        Path broken = install("usr/lib/postgresql/16/bin", "16.1");
        Files.writeString(broken.resolve("pg_dump"), "#!/bin/sh\nexit 127\n");
        var tools = ClientTools.find(Map.of(), Optional.empty(), root);
        assertThat(tools.sets()).isEmpty();
        assertThat(tools.broken()).containsExactly(broken);
    }

    @Test
    void nobody_needs_psql() throws IOException {
        Path bin = install("usr/lib/postgresql/15/bin", "15.18");
        assertThat(bin.resolve("psql")).doesNotExist();
        assertThat(ClientTools.find(Map.of(), Optional.empty(), root).sets())
                .containsExactly(new ClientSet(new Version(15, 18), bin));
    }

    @Test
    void a_configured_folder_may_be_the_one_above_bin() throws IOException {
        Path bin = install("my tools/bin", "15.18");
        var tools = ClientTools.find(Map.of(), Optional.of(root.resolve("my tools")), root.resolve("nothing"));
        assertThat(tools.configured()).contains(bin);
        assertThat(tools.chooseForDump(new Version(15, 1)).folder()).isEqualTo(bin);
    }

    @Test
    void install_advice_fits_the_system() throws IOException {
        assertThat(InstallAdvice.command(new Version(17, 0), root, true)).isEqualTo("choco install postgresql17");
        Files.createDirectories(root.resolve("etc"));
        Files.createFile(root.resolve("etc/debian_version"));
        assertThat(InstallAdvice.command(new Version(17, 0), root, false))
                .isEqualTo("sudo apt-get install postgresql-client-17");
    }

    private Path install(String folder, String version) throws IOException {
        Path bin = Files.createDirectories(root.resolve(folder));
        for (Tool tool : Tool.values()) {
            Path file = bin.resolve(tool.text());
            Files.writeString(file, "#!/bin/sh\necho '" + tool.text() + " (PostgreSQL) " + version + "'\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return bin;
    }
}
