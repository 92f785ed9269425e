package dev.pgkeep.postgres.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TemporaryDatabaseNameTest {
    @Test
    void a_name_that_was_made_is_known_again() {
        for (String database : new String[] {"shop", "ä".repeat(31), "x".repeat(63), "with \"quotes\""}) {
            for (String purpose : new String[] {"restoring", "scratch"}) {
                String name = TemporaryDatabaseName.of(database, purpose, -7);
                assertThat(TemporaryDatabaseName.fits(name)).as(name).isTrue();
                assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
            }
        }
        assertThat(TemporaryDatabaseName.of("shop", "scratch", 255)).isEqualTo("shop_pgkeep_scratch_000000ff");
    }

    @Test
    void other_names_are_not_ours() {
        assertThat(TemporaryDatabaseName.fits("shop")).isFalse();
        assertThat(TemporaryDatabaseName.fits("shop_pgkeep_scratch_000000ff_copy"))
                .isFalse();
        assertThat(TemporaryDatabaseName.fits("shop_pgkeep_mine_000000ff")).isFalse();
    }
}
