package dev.pgkeep.format.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {
    private static final Instant AT = Instant.parse("2026-11-20T14:30:52.123456Z");

    @Test
    void everything_written_is_read_again() {
        Manifest full = Manifests.full();
        assertThat(ManifestJson.readManifest(ManifestJson.write(full), "x")).isEqualTo(full);
        Manifest least = Manifests.least();
        assertThat(ManifestJson.readManifest(ManifestJson.write(least), "x")).isEqualTo(least);
        Mark mark = new Mark("shop", Mark.Type.PROVEN, AT, Map.of("rows", "5"));
        assertThat(ManifestJson.readMark(ManifestJson.write(mark), "x")).isEqualTo(mark);
        Run run = run("1", "restore")
                .backup("a")
                .safetyBackup("b")
                .wasProtected(true)
                .keptDatabase("c")
                .rowsDocument("d")
                .removed(null)
                .build();
        assertThat(ManifestJson.readRun(ManifestJson.write(run), "x")).isEqualTo(run);
        assertThat(run.succeeded()).isTrue();
        var migrations = List.of(new Manifest.Migrations("flyway", 3, "3"));
        var change = new Run.Change("flyway migrate", 1, 2.5, false, migrations, null);
        Run migrate = run("2", "migrate")
                .outcome("running")
                .safetyBackup("a")
                .change(change)
                .removed(null)
                .build();
        assertThat(ManifestJson.readRun(ManifestJson.write(migrate), "x")).isEqualTo(migrate);
    }

    @Test
    void what_a_run_removed_is_kept_in_whatever_form_it_is_told() {
        Run prune = run("3", "prune")
                .message("secret")
                .removed(List.of("old", "older"))
                .build();
        assertThat(ManifestJson.readRun(ManifestJson.write(prune), "x")).isEqualTo(prune);
        assertThat(prune.with(text -> "***"))
                .isEqualTo(run("3", "prune")
                        .message("***")
                        .removed(List.of("old", "older"))
                        .build());
        assertThat(prune.done("well").removed()).containsExactly("old", "older");
        assertThat(run("4", "restore").build().removed()).isEmpty();
    }

    @Test
    void what_is_known_of_money_changes_nothing_else() {
        Manifest full = Manifests.full();
        assertThat(full.orMoneyLocale("de_DE")).isSameAs(full);
        Manifest unknown = Manifests.like(full).moneyLocale(null).build();
        assertThat(unknown.orMoneyLocale("C")).isEqualTo(full);
    }

    private static RunBuilder run(String id, String command) {
        return Run.builder(id, command, "shop", AT)
                .server("db:5432")
                .seconds(1.5)
                .bytes(5);
    }

    @Test
    void a_summary_is_the_manifest_without_tables() {
        Manifest full = Manifests.full();
        Summary summary = ManifestJson.readSummary(ManifestJson.write(full), "x");
        assertThat(summary.name()).isEqualTo(full.name());
        assertThat(summary.created()).isEqualTo(full.created());
        assertThat(summary.copies()).isEqualTo(full.copies());
        assertThat(summary.server()).isEqualTo(full.server());
        assertThat(summary.tags()).isEqualTo(full.tags());
    }

    @Test
    void the_json_is_the_same_every_time_and_readable() {
        String json = text(Manifests.full());
        assertThat(text(Manifests.full())).isEqualTo(json);
        assertThat(json)
                .contains(
                        "\"created\": \"2026-11-20T14:30:52.123456Z\"", "\"kind\": \"daily\"", "\"format\": \"plain\"")
                .contains("\"method\": \"zstd\"")
                .startsWith("{\n")
                .endsWith("}\n");
        assertThat(json.indexOf("\"tables\"")).isGreaterThan(json.indexOf("\"restore\""));
    }

    @Test
    void fields_of_the_future_are_skipped() {
        String json = text(Manifests.full())
                .replaceFirst("\\{", "{\"newField\": {\"deep\": [1, {\"x\": null}]}, ")
                .replace("\"schema\": \"sales\"", "\"other\": [true], \"schema\": \"sales\"");
        assertThat(ManifestJson.readManifest(bytes(json), "x")).isEqualTo(Manifests.full());
    }

    @Test
    void a_newer_layout_is_refused_by_its_number() {
        String json = text(Manifests.full()).replace("\"version\": 1,", "\"version\": 2,");
        for (var reader : List.<java.util.function.Function<byte[], Object>>of(
                some -> ManifestJson.readManifest(some, "shop.json"),
                some -> ManifestJson.readSummary(some, "shop.json"))) {
            assertThatThrownBy(() -> reader.apply(bytes(json))).isInstanceOfSatisfying(PgkeepException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_INVALID);
                assertThat(e).hasMessageContaining("shop.json").hasMessageContaining("version 2");
                assertThat(e.hint()).contains("update pgkeep");
            });
        }
    }

    @Test
    void metadata_cut_off_anywhere_is_refused() {
        byte[] json = ManifestJson.write(Manifests.least());
        for (int length = 0; length < json.length - 2; length++) {
            byte[] cut = Arrays.copyOf(json, length);
            assertInvalid(cut);
        }
    }

    @Test
    void a_flipped_bit_in_sealed_metadata_changes_nothing_or_is_refused() {
        Manifest full = Manifests.full();
        byte[] sealed = ManifestJson.sealed(full);
        assertThat(ManifestJson.readManifest(sealed, "x")).isEqualTo(full);
        assertThat(ManifestJson.readSummary(sealed, "x").name()).isEqualTo(full.name());
        int refused = 0;
        for (int at = 0; at < sealed.length; at++) {
            byte[] flipped = sealed.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            try {
                assertThat(ManifestJson.readManifest(flipped, "x")).isEqualTo(full);
            } catch (PgkeepException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_INVALID);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(sealed.length - 20);
        String byHand = new String(sealed, StandardCharsets.UTF_8)
                .replaceFirst("\n.*\"sha256\".*\n", "\n")
                .replace("\"daily\"", "\"weekly\"");
        assertThat(ManifestJson.readManifest(bytes(byHand), "x").kind()).isNotEqualTo(full.kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "5",
                "\"text\"",
                "garbage",
                "\u0000\u0001",
                "{\"version\": 1}",
                "{\"version\": \"one\"}",
                "{\"version\": 0, \"name\": \"x\", \"copies\": []}",
                "{\"version\": 1, \"name\": \"x\", \"copies\": [null]}",
                "{\"version\": 99999999999999}"
            })
    void what_is_no_metadata_is_refused(String json) {
        assertInvalid(bytes(json));
    }

    @Test
    void words_and_shapes_it_does_not_know_are_refused() {
        for (String[] change : new String[][] {
            {"\"format\": \"plain\"", "\"format\": \"chunked\""},
            {"\"method\": \"zstd\"", "\"method\": \"brotli\""},
            {"\"kind\": \"daily\"", "\"kind\": \"No Kind!\""},
            {"\"kind\": \"daily\"", "\"kind\": null"},
            {"\"content\": \"all\"", "\"content\": \"half\""},
            {"2026-11-20T14:30:52.123456Z", "yesterday"},
            {"\"database\": \"shop\",", ""},
            {"\"name\": \"shop_2026-11-20_143052\",", ""},
            {"\"sha256\": \"" + "a".repeat(64) + "\"", "\"sha256\": null"}
        }) {
            String json = text(Manifests.full());
            assertThat(json).contains(change[0]);
            assertInvalid(bytes(json.replace(change[0], change[1])));
        }
    }

    @Test
    void garbage_marks_and_runs_are_refused() {
        for (String json : List.of("", "null", "{", "[]", "{}", "{\"backup\": \"x\", \"type\": \"odd\"}")) {
            assertThatThrownBy(() -> ManifestJson.readMark(bytes(json), "x"))
                    .as(json)
                    .isInstanceOf(PgkeepException.class);
            assertThatThrownBy(() -> ManifestJson.readRun(bytes(json), "x"))
                    .as(json)
                    .isInstanceOf(PgkeepException.class);
        }
    }

    private static void assertInvalid(byte[] json) {
        String shown = new String(json, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ManifestJson.readManifest(json, "shop.json"))
                .as(shown)
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_INVALID));
    }

    private static String text(Manifest manifest) {
        return new String(ManifestJson.write(manifest), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
