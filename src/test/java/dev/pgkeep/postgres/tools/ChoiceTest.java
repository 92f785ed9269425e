package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoiceTest {
    @Test
    void the_newest_set_dumps_a_server() {
        assertThat(installed(14, 17, 15).chooseForDump(new Version(15, 18)).version())
                .isEqualTo(new Version(17, 0));
    }

    @Test
    void the_configured_folder_wins_where_it_fits() {
        var all = installed(14, 15, 17);
        var tools = new ClientTools(all.sets(), Optional.of(Path.of("/pg/15")), List.of(), List.of());
        assertThat(tools.chooseForDump(new Version(15, 0)).version().major()).isEqualTo(15);
        assertThat(tools.chooseForDump(new Version(16, 0)).version().major()).isEqualTo(17);
    }

    @Test
    void a_server_newer_than_every_set_is_refused_with_the_command_that_helps() {
        assertThatThrownBy(() -> installed(14, 15).chooseForDump(new Version(17, 2)))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOOLS_TOO_OLD);
                    assertThat(e).hasMessageContaining("PostgreSQL 17 server").hasMessageContaining("15.0 in /pg/15");
                    assertThat(e.hint()).contains("17");
                });
    }

    @Test
    void a_very_old_server_needs_old_tools() {
        assertThat(installed(14, 17).chooseForDump(new Version(9, 1)).version().major())
                .isEqualTo(14);
        assertThatThrownBy(() -> installed(17).chooseForDump(new Version(9, 1)))
                .hasMessageContaining("too old for every pg_dump");
    }

    @Test
    void nothing_installed_is_said_so() {
        assertThatThrownBy(() -> installed().chooseForDump(new Version(17, 2)))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOLS_MISSING));
    }

    @Test
    void an_archive_is_restored_by_a_set_between_its_maker_and_the_server() {
        assertThat(restorer(installed(14, 15, 16, 17, 18), "1.15-0", 16, 17)).isEqualTo(17);
    }

    @Test
    void an_archive_newer_than_the_server_is_restored_by_the_oldest_that_reads_it() {
        assertThat(restorer(installed(14, 15, 16, 17, 18), "1.16-0", 17, 15)).isEqualTo(17);
        assertThat(restorer(installed(14, 15, 18), "1.16-0", 17, 15)).isEqualTo(18);
    }

    @Test
    void an_archive_of_an_unknown_version_needs_its_maker() {
        assertThat(restorer(installed(17, 20), "1.19-0", 20, 20)).isEqualTo(20);
        assertThatThrownBy(() -> restorer(installed(15), "1.16-0", 17, 15))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOLS_TOO_OLD))
                .hasMessageContaining("1.16-0");
    }

    @Test
    void an_archive_that_pgkeep_did_not_write_is_not_read_by_a_program_it_may_attack() {
        assertThatThrownBy(() -> foreign(minors("15.18", "18.1"), 15))
                .isInstanceOfSatisfying(PgkeepException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOOLS_TOO_OLD);
                    assertThat(e)
                            .hasMessageContaining("their.dump was not written by pgkeep")
                            .hasMessageContaining("pg_restore 18.1")
                            .hasMessageContaining("it takes 18.7 or later");
                    assertThat(e.hint()).contains("--allow-old-client").contains("18");
                });
    }

    @Test
    void a_mended_set_of_another_version_is_taken_instead_even_where_another_folder_is_configured() {
        assertThat(foreign(minors("15.18", "16.15", "17.12"), 15)).isEqualTo(new Version(17, 12));
        assertThat(foreign(minors("15.20", "18.1"), 15)).isEqualTo(new Version(15, 20));
        var tools = minors("15.18", "17.12");
        var configured = new ClientTools(tools.sets(), Optional.of(Path.of("/pg/15.18")), List.of(), List.of());
        assertThat(foreign(configured, 15)).isEqualTo(new Version(17, 12));
    }

    @Test
    void who_insists_gets_the_old_one_and_still_the_mended_one_where_there_is_one() {
        assertThat(foreign(minors("15.18", "18.1").allowingOld(true), 15)).isEqualTo(new Version(15, 18));
        assertThat(foreign(minors("15.18", "18.7").allowingOld(true), 15)).isEqualTo(new Version(18, 7));
    }

    @Test
    void own_archives_and_scripts_are_read_by_any() {
        var tools = minors("15.18");
        assertThat(tools.chooseForRestore(
                                new Archive("own", Optional.of("1.14-0"), Optional.of(new Version(15, 18)), true),
                                new Version(15, 18))
                        .version())
                .isEqualTo(new Version(15, 18));
        assertThat(tools.chooseForRestore(
                                new Archive("their.sql", Optional.empty(), Optional.empty(), true), new Version(15, 18))
                        .version())
                .isEqualTo(new Version(15, 18));
    }

    private static Version foreign(ClientTools tools, int server) {
        // One whose layout cannot be told is as foreign as any.
        assertThatThrownBy(() -> minors("15.18")
                        .chooseForRestore(
                                new Archive("odd", Optional.empty(), Optional.empty(), false), new Version(15, 0)))
                .hasMessageContaining("odd was not written by pgkeep");
        return tools.chooseForRestore(
                        new Archive("their.dump", Optional.of("1.14-0"), Optional.empty(), false),
                        new Version(server, 0))
                .version();
    }

    private static ClientTools minors(String... versions) {
        var sets = Arrays.stream(versions)
                .map(version -> new ClientSet(Version.parse(version).orElseThrow(), Path.of("/pg/" + version)))
                .toList();
        return new ClientTools(sets, Optional.empty(), List.of(), List.of());
    }

    private static int restorer(ClientTools tools, String archive, int maker, int server) {
        return tools.chooseForRestore(
                        new Archive("shop", Optional.of(archive), Optional.of(new Version(maker, 0)), true),
                        new Version(server, 0))
                .version()
                .major();
    }

    private static ClientTools installed(int... majors) {
        var sets = Arrays.stream(majors)
                .mapToObj(major -> new ClientSet(new Version(major, 0), Path.of("/pg/" + major)))
                .toList();
        return new ClientTools(sets, Optional.empty(), List.of(), List.of());
    }
}
