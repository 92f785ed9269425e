package dev.pgkeep.repository.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.repository.StoredBackup;
import dev.pgkeep.testing.MadeBackup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which backup a refresh takes. */
final class RefreshChoiceTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final StoredBackup PROVEN = made("shop", 1).proven().listed();
    private static final StoredBackup CHECKED = made("shop", 2).checked().listed();
    private static final StoredBackup UNCHECKED = made("shop", 3).listed();
    private static final StoredBackup PART =
            made("shop", 4).proven().filters("--table=orders").listed();
    private static final StoredBackup SAFETY =
            made("shop", 5).kind("pre-restore").proven().listed();
    private static final StoredBackup DAMAGED =
            made("shop", 6).proven().damaged().listed();

    @Test
    void the_newest_proven_backup_of_the_whole_database_is_taken_and_a_newer_checked_one_named() {
        var chosen = choose(List.of(DAMAGED, SAFETY, PART, UNCHECKED, CHECKED, PROVEN), newest(false));
        assertThat(chosen.backup()).isEqualTo(PROVEN);
        assertThat(chosen.warnings()).singleElement().asString().contains(CHECKED.name(), "--any takes it");
    }

    @Test
    void without_a_proven_one_the_newest_checked_is_taken_with_a_warning() {
        var chosen = choose(List.of(UNCHECKED, CHECKED), newest(false));
        assertThat(chosen.backup()).isEqualTo(CHECKED);
        assertThat(chosen.warnings()).singleElement().asString().contains("no backup in there is proven");
    }

    @Test
    void an_unchecked_one_is_taken_only_when_any_will_do() {
        assertThat(choose(List.of(UNCHECKED, CHECKED, PROVEN), newest(true)).backup())
                .isEqualTo(UNCHECKED);
        assertThatThrownBy(() -> choose(List.of(UNCHECKED), newest(false)))
                .hasMessageStartingWith("no backup in there is proven or checked");
    }

    @Test
    void a_named_backup_is_taken_as_it_is_unless_it_is_damaged() {
        assertThat(choose(List.of(CHECKED, PROVEN), named(CHECKED.name())).warnings())
                .singleElement()
                .asString()
                .contains("is not proven");
        assertThat(choose(List.of(CHECKED, PROVEN), named("120001")).backup()).isEqualTo(PROVEN);
        assertThatThrownBy(() -> choose(List.of(CHECKED, PROVEN), named("shop")))
                .hasMessage("shop fits 2 backups in there");
    }

    @Test
    void the_database_is_the_one_that_is_said_or_a_likely_one_or_the_only_one() {
        StoredBackup blog = made("blog", 7).proven().listed();
        List<StoredBackup> both = List.of(blog, PROVEN);
        assertThat(choose(both, wanted(Optional.of("blog"), "shop")).backup()).isEqualTo(blog);
        assertThat(choose(both, wanted(Optional.empty(), "shop_dev", "shop")).backup())
                .isEqualTo(PROVEN);
        assertThat(choose(List.of(blog), wanted(Optional.empty(), "copy")).backup())
                .isEqualTo(blog);
        assertThatThrownBy(() -> choose(both, wanted(Optional.empty(), "copy")))
                .hasMessage("there holds backups of blog, shop");
        assertThatThrownBy(() -> choose(both, wanted(Optional.of("none"))))
                .hasMessage("there holds backups of blog, shop, none of none");
    }

    private static RefreshChoice.Chosen choose(List<StoredBackup> all, BackupQuery wanted) {
        return new RefreshChoice(all, "there", NOON.plusSeconds(60)).choose(wanted);
    }

    private static BackupQuery newest(boolean any) {
        return new BackupQuery(Optional.empty(), List.of("shop"), Optional.empty(), any);
    }

    private static BackupQuery named(String name) {
        return new BackupQuery(Optional.empty(), List.of("shop"), Optional.of(name), false);
    }

    private static BackupQuery wanted(Optional<String> database, String... likely) {
        return new BackupQuery(database, List.of(likely), Optional.empty(), false);
    }

    private static MadeBackup made(String database, int second) {
        return MadeBackup.of(database, NOON.plusSeconds(second));
    }
}
