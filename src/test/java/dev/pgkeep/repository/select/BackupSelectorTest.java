package dev.pgkeep.repository.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.base.error.ErrorCode;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.MadeBackup;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which backup is meant by what somebody wrote, and which one is good. */
final class BackupSelectorTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final StoredBackup SAFETY =
            made("shop", 5).kind("pre-restore").checked().listed();
    private static final StoredBackup DAMAGED =
            made("shop", 4).checked().damaged().listed();
    private static final StoredBackup OTHER = made("blog", 3).checked().listed();
    private static final StoredBackup GOOD = made("shop", 2).checked().listed();
    private static final StoredBackup UNCHECKED = made("shop", 1).listed();
    private static final StoredBackup OLD = made("shop", 0).proven().listed();

    private static final List<StoredBackup> ALL = List.of(SAFETY, DAMAGED, OTHER, GOOD, UNCHECKED, OLD);

    @ParameterizedTest
    @CsvSource({
        "latest, shop_2026-11-20_120002",
        "shop_2026-11-20_120004, shop_2026-11-20_120004",
        "shop_2026-11-20_120004.sql, shop_2026-11-20_120004",
        "/backups/shop_2026-11-20_120004.json, shop_2026-11-20_120004",
        "120001, shop_2026-11-20_120001",
        "blog_2026-11-20_120003, blog_2026-11-20_120003",
    })
    void a_name_a_file_a_path_and_a_part_of_a_name_mean_one_backup(String wanted, String name) {
        assertThat(shop().find(wanted).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "120003, BACKUP_NOT_FOUND, there is no backup 120003 of shop",
        "nothing, BACKUP_NOT_FOUND, there is no backup nothing of shop",
        "shop_2026-11-20_1200, BACKUP_AMBIGUOUS, shop_2026-11-20_1200 fits 5 backups",
    })
    void a_part_of_a_name_looks_at_one_database_and_must_fit_exactly_one(String wanted, ErrorCode code, String says) {
        assertThatThrownBy(() -> shop().find(wanted))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageStartingWith(says);
    }

    @Test
    void without_a_database_latest_and_parts_of_names_look_at_all_of_them() {
        BackupSelector all = new BackupSelector(ALL, Optional.empty());
        assertThat(all.find("latest")).isEqualTo(OTHER);
        assertThat(all.find("120003")).isEqualTo(OTHER);
    }

    @Test
    void a_dump_of_nobody_knows_which_database_is_meant_only_by_its_name() {
        StoredBackup unknown = foreign("seed", Optional.empty(), 9);
        StoredBackup named = foreign("shop-latest", Optional.empty(), 7);
        StoredBackup theirs = foreign("theirs", Optional.of("blog"), 8);
        var all = new BackupSelector(List.of(unknown, theirs, named, OLD), Optional.of("shop"));
        assertThat(all.find("latest")).isEqualTo(named);
        assertThat(all.at(NOON.plusSeconds(6), each -> true)).isEqualTo(OLD);
        assertThat(all.find("seed")).isEqualTo(unknown);
        assertThat(all.find("see")).isEqualTo(unknown);
        assertThat(all.find("theirs")).isEqualTo(theirs);
        assertThat(all.some(each -> true, 5)).containsExactly(unknown, named, OLD);
        assertThatThrownBy(() -> new BackupSelector(List.of(unknown, theirs), Optional.of("shop")).find("latest"))
                .isInstanceOfSatisfying(
                        PgkeepException.class, e -> assertThat(e.hint()).contains("pgkeep restore seed"));
    }

    private static StoredBackup foreign(String name, Optional<String> database, int second) {
        return new StoredBackup(
                name,
                database,
                NOON.plusSeconds(second),
                Optional.empty(),
                "plain",
                5,
                Optional.empty(),
                List.of(Path.of(name + ".sql")),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Test
    void a_moment_means_the_newest_good_backup_made_at_or_before_it() {
        assertThat(shop().at(NOON.plusSeconds(4), each -> true)).isEqualTo(GOOD);
        assertThat(shop().at(NOON.plusSeconds(1), each -> true)).isEqualTo(UNCHECKED);
        assertThatThrownBy(() -> shop().at(NOON.minusSeconds(1), each -> true))
                .hasMessage("there is no good backup of shop here");
    }

    @Test
    void instead_of_a_damaged_backup_the_newest_checked_one_is_named_and_never_itself() {
        assertThat(shop().insteadOf(DAMAGED)).contains("newest good one is " + GOOD.name());
        assertThat(shop().insteadOf(GOOD)).contains("newest good one is " + OLD.name());
        assertThat(new BackupSelector(List.of(DAMAGED, UNCHECKED), Optional.of("shop")).insteadOf(DAMAGED))
                .isEqualTo("there is no other good backup here; see pgkeep list --all");
    }

    @Test
    void a_file_belongs_to_the_backup_that_has_it_as_its_data() {
        assertThat(shop().holding(Path.of(GOOD.name() + ".sql"))).contains(GOOD);
        assertThat(shop().holding(Path.of("foreign.sql"))).isEmpty();
    }

    @Test
    void the_newest_good_backup_of_a_database_may_be_a_safety_backup_but_not_a_damaged_or_unchecked_one() {
        assertThat(NewestBackup.good(ALL, Optional.of("shop"))).contains(SAFETY);
        assertThat(NewestBackup.goodBeside(SAFETY, ALL)).contains(GOOD);
        assertThat(NewestBackup.goodBeside(OTHER, ALL)).isEmpty();
        assertThat(NewestBackup.isNewestGood(OTHER, ALL)).isTrue();
        assertThat(NewestBackup.isNewestGood(GOOD, ALL)).isFalse();
        assertThat(NewestBackup.good(List.of(DAMAGED, UNCHECKED), Optional.of("shop")))
                .isEmpty();
    }

    private static BackupSelector shop() {
        return new BackupSelector(ALL, Optional.of("shop"));
    }

    private static MadeBackup made(String database, int second) {
        return MadeBackup.of(database, NOON.plusSeconds(second));
    }
}
