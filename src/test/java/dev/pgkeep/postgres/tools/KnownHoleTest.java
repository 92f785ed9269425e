package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownHoleTest {
    @Test
    void a_release_before_the_fix_has_it_and_so_has_every_major_that_never_got_one() {
        for (String version : new String[] {"18.6", "18.0", "17.11", "16.15", "15.18", "14.24", "13.23", "9.6.24"}) {
            assertThat(KnownHole.CRAFTED_ARCHIVE.isIn(version(version)))
                    .as(version)
                    .isTrue();
            assertThat(KnownHole.STANDBY_SNAPSHOT.isIn(version(version)))
                    .as(version)
                    .isTrue();
        }
    }

    @Test
    void the_first_fixed_release_and_all_later_ones_do_not_have_it() {
        for (String version : new String[] {"18.7", "18.10", "17.12", "16.16", "15.20", "14.25", "19beta1", "20.3"}) {
            assertThat(KnownHole.CRAFTED_ARCHIVE.isIn(version(version)))
                    .as(version)
                    .isFalse();
            assertThat(KnownHole.STANDBY_SNAPSHOT.isIn(version(version)))
                    .as(version)
                    .isFalse();
            assertThat(KnownHole.ofClients(version(version))).as(version).isEmpty();
        }
    }

    @Test
    void psql_was_mended_one_release_before_pg_restore() {
        assertThat(KnownHole.ofClients(version("15.19"))).containsExactly(KnownHole.CRAFTED_ARCHIVE);
        assertThat(KnownHole.ofClients(version("15.18")))
                .containsExactly(KnownHole.CRAFTED_ARCHIVE, KnownHole.UNRESTRICT);
        assertThat(KnownHole.ofClients(version("18.1"))).doesNotContain(KnownHole.TABLE_BECOMES_VIEW);
    }

    @Test
    void the_way_out_is_the_same_major_or_the_newest_where_that_is_left_alone() {
        assertThat(KnownHole.CRAFTED_ARCHIVE.fixFor(version("15.18"))).isEqualTo(new Version(15, 20));
        assertThat(KnownHole.CRAFTED_ARCHIVE.fixFor(version("12.22"))).isEqualTo(new Version(18, 7));
        assertThat(KnownHole.CRAFTED_ARCHIVE.firstFixed()).isEqualTo("18.7, 17.12, 16.16, 15.20 or 14.25");
    }

    private static Version version(String text) {
        return Version.parse(text).orElseThrow();
    }
}
