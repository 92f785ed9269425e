package dev.pgkeep.postgres.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void every_way_a_version_is_written_is_read() {
        assertThat(Version.parse("pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"))
                .contains(new Version(15, 18));
        assertThat(Version.parse("pg_dump (PostgreSQL) 17beta1")).contains(new Version(17, 0));
        assertThat(Version.parse("9.6.24")).contains(new Version(9, 6));
        assertThat(Version.parse("psql (EnterpriseDB 16.2.0) 16.2")).contains(new Version(16, 2));
        assertThat(Version.parse("18")).contains(new Version(18, 0));
        assertThat(Version.parse("not a version")).isEmpty();
    }

    @Test
    void the_number_of_a_server_is_read() {
        assertThat(Version.ofNumber(150018)).isEqualTo(new Version(15, 18));
        assertThat(Version.ofNumber(90624)).isEqualTo(new Version(9, 6));
    }

    @Test
    void minor_releases_do_not_matter_for_what_fits_except_before_10() {
        assertThat(new Version(15, 1).majorAtLeast(new Version(15, 18))).isTrue();
        assertThat(new Version(14, 30).majorAtLeast(new Version(15, 0))).isFalse();
        assertThat(new Version(9, 5).majorAtLeast(new Version(9, 6))).isFalse();
        assertThat(new Version(10, 0).majorAtLeast(new Version(9, 6))).isTrue();
    }
}
