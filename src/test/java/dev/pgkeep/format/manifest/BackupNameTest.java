package dev.pgkeep.format.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupNameTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]   | shop      | -           | shop_2026-01-02_030405",
                "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]   | shop      | nightly     | shop_2026-01-02_030405_nightly",
                "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]   | My Shop/1 | a b         | My-Shop-1_2026-01-02_030405_a-b",
                "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]   | ../..     | -           | db_2026-01-02_030405",
                "{database}_{yyyy-MM-dd}_{HHmmss}[_{label}]   | {label}   | {kind}      | label_2026-01-02_030405_kind",
                "{kind}-{database}-{label}            | shop      | $1          | manual-shop-1",
                "[{label}-]{database}                 | shop      | -           | shop",
                "fixed                                | shop      | -           | fixed"
            })
    void templates_are_filled(String template, String database, String label, String expected) {
        assertThat(BackupName.fill(template, database, AT, label, Kind.MANUAL)).isEqualTo(expected);
    }

    @Test
    void parts_are_short_enough_for_every_file_system() {
        for (String text :
                new String[] {"x".repeat(300), "é".repeat(300), "数".repeat(300), "\ud83d\ude00a".repeat(99)}) {
            String safe = BackupName.safe(text);
            assertThat(safe.getBytes(StandardCharsets.UTF_8).length).isBetween(1, 80);
            assertThat(BackupName.isSafe(safe)).as(safe).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", ".hidden", "-x", "a/b", "a\\b", "a b", "a\nb", "a:b", "a*", "a\u0000", "work", "marks",
                "runs", "locks", "pgkeep", "Work"
            })
    void names_that_could_do_harm_are_not_safe(String name) {
        assertThat(BackupName.isSafe(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "shop_2026-01-02_030405", "v1.2-rc", "Zoë", "数据", "works"})
    void ordinary_names_are_safe(String name) {
        assertThat(BackupName.isSafe(name)).isTrue();
    }

    @Test
    void names_are_not_longer_than_files_may_be() {
        assertThat(BackupName.isSafe("x".repeat(180))).isTrue();
        assertThat(BackupName.isSafe("x".repeat(181))).isFalse();
        assertThat(BackupName.isSafe("数".repeat(61))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Daily, daily", "pre-migrate, pre-migration", "post-deploy, post-deployment", "before_x, before_x"})
    void kinds_are_words(String text, String kind) {
        assertThat(Kind.of(text).word()).isEqualTo(kind);
        assertThat(Kind.namedBy("pre-deployment")).contains(new Kind("pre-deployment"));
        assertThat(Kind.namedBy("my label")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gzip, gzip",
                "gzip:9, gzip:9",
                "ZSTD:22, zstd:22",
                "none, none",
                "lz4, lz4",
                "gzip:10, -",
                "gzip:0, -",
                "none:1, -",
                "zip, -",
                "gzip:x, -",
                "gzip:, -"
            })
    void compressions_are_read(String text, String expected) {
        assertThat(Compression.of(text).map(Compression::toString).orElse(null)).isEqualTo(expected);
    }
}
