package dev.pgkeep.operation.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.format.manifest.Run;
import dev.pgkeep.repository.Repository;
import dev.pgkeep.testing.MadeBackup;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Optional<Duration> A_DAY = Optional.of(Duration.ofHours(26));

    @TempDir
    private Path folder;

    private Repository repository;

    @BeforeEach
    void an_empty_repository() {
        repository = Repository.open(folder.resolve("backups"), CLOCK);
    }

    @Test
    void the_newest_good_backup_is_whole_checked_and_undamaged() {
        hoursAgo(1).checked().schemaOnly().storeIn(repository);
        hoursAgo(2).storeIn(repository);
        hoursAgo(3).checked().damaged().storeIn(repository);
        String good = hoursAgo(4).checked().storeIn(repository);
        var shop = status(A_DAY).databases().getFirst();
        assertThat(shop.lastBackup())
                .isNotNull()
                .extracting(DatabaseStatus.Point::name)
                .isEqualTo(good);
        assertThat(shop.lastBackupAge()).isEqualTo(4 * 3600);
        assertThat(shop.stale()).isFalse();
        assertThat(shop.counts()).isEqualTo(new DatabaseStatus.Counts(4, 0, 2, 1, 1, 1));
        assertThat(status(A_DAY).failure()).isEmpty();
    }

    @Test
    void a_newest_one_without_rows_is_a_problem_where_an_older_one_holds_some() {
        String empty = hoursAgo(1).checked().withoutRows().storeIn(repository);
        assertThat(status(A_DAY).problems()).isEmpty();
        String full = hoursAgo(2).checked().storeIn(repository);
        assertThat(status(A_DAY).problems())
                .containsExactly(empty + " holds no rows, while " + full + " before it holds some");
    }

    @Test
    void an_old_one_is_stale_only_when_an_age_is_given() {
        hoursAgo(27).checked().storeIn(repository);
        assertThat(status(Optional.empty()).isStale()).isFalse();
        var stale = status(A_DAY);
        assertThat(stale.problems()).containsExactly("the newest good backup of shop is older than 1 d 2 h: 27 h");
        assertThat(stale.failure().map(PgkeepException::code)).contains(ErrorCode.STALE);
        assertThat(stale.failure().map(Throwable::getMessage))
                .contains("there is no good backup of shop that is younger than 1 d 2 h");
    }

    @Test
    void no_backup_at_all_is_stale_too() {
        assertThat(status(A_DAY).failure()).isPresent();
        assertThat(status(Optional.empty()).problems()).containsExactly("there is no backup yet");
        var asked = Status.of(repository, Optional.of("shop"), A_DAY, CLOCK);
        assertThat(asked.databases()).hasSize(1);
        assertThat(asked.problems()).containsExactly("there is no good backup of shop");
        assertThat(asked.failure()).isPresent();
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    @Test
    void databases_are_told_apart_and_can_be_chosen() {
        hoursAgo(1).checked().storeIn(repository);
        MadeBackup.of("crm", NOW.minusSeconds(60)).checked().storeIn(repository);
        assertThat(status(A_DAY).databases())
                .extracting(DatabaseStatus::database)
                .containsExactly("crm", "shop");
        assertThat(Status.of(repository, Optional.of("crm"), A_DAY, CLOCK).databases())
                .extracting(DatabaseStatus::database)
                .containsExactly("crm");
    }

    @Test
    void the_last_proof_is_the_moment_of_the_proof() {
        hoursAgo(50).checked().proven().storeIn(repository);
        hoursAgo(1).checked().storeIn(repository);
        var shop = status(A_DAY).databases().getFirst();
        assertThat(shop.lastProof()).isEqualTo(NOW.minus(Duration.ofHours(50)).plusSeconds(60));
        assertThat(shop.lastProofAge()).isEqualTo(50 * 3600 - 60);
        assertThat(shop.counts().proven()).isEqualTo(1);
    }

    @Test
    void the_trend_is_oldest_first_and_a_sudden_drop_is_a_problem() {
        for (int day = 5; day >= 1; day--) {
            hoursAgo(24 * day).checked().bytes(1000 * day + 5000).storeIn(repository);
        }
        hoursAgo(1).checked().bytes(2000).storeIn(repository);
        var status = status(Optional.empty());
        assertThat(status.databases().getFirst().trend())
                .extracting(DatabaseStatus.Point::bytes)
                .containsExactly(10000L, 9000L, 8000L, 7000L, 6000L, 2000L);
        assertThat(status.problems())
                .containsExactly(
                        "shop_2026-11-20_110000 is much smaller than those before it: 1.95 kB instead of about 7.81 kB");
    }

    @Test
    void damaged_ones_are_named_with_what_is_wrong() throws IOException {
        hoursAgo(1).checked().storeIn(repository);
        String lost = hoursAgo(2).checked().storeIn(repository);
        Files.delete(repository.root().resolve(lost + ".sql"));
        assertThat(status(A_DAY).problems())
                .containsExactly("1 backup of shop is damaged: " + lost + " (" + lost + ".sql is missing)");
    }

    @Test
    void runs_are_counted_and_a_failed_backup_is_a_problem_until_one_succeeds() {
        hoursAgo(30).checked().storeIn(repository);
        run("backup", NOW.minus(Duration.ofHours(30)), Run.DONE, null);
        run("backup", NOW.minus(Duration.ofHours(6)), "server.unreachable", "nobody answers on localhost:5432");
        var status = status(Optional.empty());
        assertThat(status.databases().getFirst().runs().successRate()).contains(0.5);
        assertThat(status.problems())
                .containsExactly("the last backup of shop failed: nobody answers on localhost:5432");
        run("verify", NOW.minus(Duration.ofHours(5)), "backup.damaged", "a byte is wrong");
        run("prune", NOW.minus(Duration.ofHours(4)), Run.DONE, null);
        assertThat(status(Optional.empty()).databases()).isEqualTo(status.databases());
        assertThat(status(Optional.empty()).problems()).isEqualTo(status.problems());
        hoursAgo(1).checked().storeIn(repository);
        assertThat(status(Optional.empty()).problems()).isEmpty();
    }

    @Test
    void dumps_of_others_are_counted_and_never_good() throws IOException {
        hoursAgo(100).checked().storeIn(repository);
        Files.writeString(repository.root().resolve("shop_2026-11-20.sql"), "--\n-- PostgreSQL database dump\n--\n");
        assertThat(status(A_DAY).foreign()).isEqualTo(1);
        assertThat(status(A_DAY).isStale()).isTrue();
    }

    @Test
    void a_backup_from_the_future_has_no_negative_age_and_is_told() {
        MadeBackup.of("shop", NOW.plus(Duration.ofHours(2))).checked().storeIn(repository);
        assertThat(status(A_DAY).databases().getFirst().lastBackupAge()).isZero();
        assertThat(status(A_DAY).problems())
                .containsExactly("shop_2026-11-20_140000 is from the future: a clock is or was wrong");
    }

    @Test
    void json_says_the_same() {
        hoursAgo(1).checked().storeIn(repository);
        var status = status(A_DAY);
        assertThat(status.json())
                .contains("\"maxAge\": 93600", "\"at\": \"2026-11-20T12:00:00Z\"")
                .contains("\"database\": \"shop\"", "\"stale\": false", "\"name\": \"shop_2026-11-20_110000\"");
        assertThat(Jsonb.builder().build().type(Status.class).fromJson(status.json()))
                .isEqualTo(status);
    }

    @Test
    void metrics_have_help_type_and_labels() {
        hoursAgo(1).checked().bytes(500).storeIn(repository);
        assertThat(PrometheusText.of(status(A_DAY)))
                .endsWith("\n")
                .contains("""
                        # HELP pgkeep_last_backup_timestamp_seconds When the newest good backup was made; 0 when there is none.
                        # TYPE pgkeep_last_backup_timestamp_seconds gauge
                        pgkeep_last_backup_timestamp_seconds{database="shop"} 1795172400
                        """)
                .contains("pgkeep_last_backup_size_bytes{database=\"shop\"} 500\n")
                .contains("pgkeep_last_backup_duration_seconds{database=\"shop\"} 2.5\n")
                .contains("pgkeep_last_proof_timestamp_seconds{database=\"shop\"} 0\n")
                .contains("pgkeep_backups{database=\"shop\",state=\"checked\"} 1\n")
                .contains("pgkeep_backup_stale{database=\"shop\"} 0\n");
        assertThat(PrometheusText.of(status(Optional.empty()))).doesNotContain("stale");
    }

    @Test
    void every_line_of_the_metrics_is_a_comment_or_a_sample_even_for_odd_names() {
        MadeBackup.of("a \"b\" \\ c\nd", NOW.minusSeconds(60)).checked().storeIn(repository);
        assertThat(PrometheusText.escaped("a \"b\" \\ c\nd")).isEqualTo("a \\\"b\\\" \\\\ c\\nd");
        assertThat(PrometheusText.of(status(A_DAY)).lines())
                .allMatch(line -> line.matches("# (HELP|TYPE) pgkeep_[a-z_]+ .+")
                        || line.matches(
                                "pgkeep_[a-z_]+(\\{[a-z]+=\"([^\"\\\\]|\\\\.)*\"(,[a-z]+=\"[a-z]+\")?})? [0-9.]+"));
    }

    private static MadeBackup hoursAgo(int hours) {
        return MadeBackup.of("shop", NOW.minus(Duration.ofHours(hours)));
    }

    private void run(
            String command, Instant started, String outcome, @org.jspecify.annotations.Nullable String message) {
        repository
                .history()
                .record(Run.builder(Repository.runId(started), command, "shop", started)
                        .server("localhost:5432")
                        .seconds(1.5)
                        .outcome(outcome)
                        .message(message)
                        .build());
    }

    private Status status(Optional<Duration> maxAge) {
        return Status.of(repository, Optional.empty(), maxAge, CLOCK);
    }
}
