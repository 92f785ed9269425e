package dev.pgkeep.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.base.error.PgkeepException;
import dev.pgkeep.operation.cleanup.CleanupRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans of cleanups, as they are written. */
final class CleanupTablesTest {
    @TempDir
    Path folder;

    @Test
    void plans_are_read_in_their_order_and_those_of_the_profile_are_stronger() throws IOException {
        List<CleanupRule> rules = read("""
                [cleanup.old-sessions]
                table = "sessions"
                where = "seen < now() - interval '1 year'"
                description = "Sessions nobody came back to"
                [cleanup.test-orders]
                table = "shop.orders"
                sql = "SELECT id FROM orders"
                [profile.production.cleanup.old-sessions]
                table = "sessions"
                where = "false"
                """, "production");
        assertThat(rules).extracting(CleanupRule::name).containsExactly("old-sessions", "test-orders");
        assertThat(rules.getFirst().where()).contains("false");
        assertThat(rules.getLast().keys()).contains("SELECT id FROM orders");
        assertThat(rules.getLast().origin()).isEqualTo("sql of [cleanup.test-orders] in pgkeep.toml");
    }

    @Test
    void everything_wrong_is_told_at_once() {
        assertThatThrownBy(() -> read("""
                [cleanup]
                loose = "x"
                [cleanup.one]
                tabel = "orders"
                where = "true"
                [cleanup.two]
                where = "true"
                [cleanup.three]
                table = "orders"
                [cleanup.four]
                table = "orders"
                where = "true"
                sql = "SELECT 1"
                [cleanup.five]
                table = "orders"
                where = 5
                [profile.production]
                """, "production"))
                .isInstanceOf(PgkeepException.class)
                .hasMessageContaining("plans are written as tables: [cleanup.loose]")
                .hasMessageContaining("line 4: unknown key tabel of [cleanup.one]; did you mean table?")
                .hasMessageContaining("[cleanup.two] names no table")
                .hasMessageContaining("[cleanup.three] needs either where")
                .hasMessageContaining("[cleanup.four] needs either where")
                .hasMessageContaining("where must be a text");
    }

    @Test
    void the_example_of_a_new_file_is_a_plan() throws IOException {
        String text = SettingsText.commentedFile();
        String example = text.substring(text.indexOf("# [cleanup.test-orders]"), text.indexOf("# Other databases"));
        List<CleanupRule> rules = read(example.replaceAll("(?m)^# ?", "") + "\n[profile.production]\n", "production");
        assertThat(rules).extracting(CleanupRule::name).containsExactly("test-orders", "test-customers");
    }

    private List<CleanupRule> read(String toml, String profile) throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), toml);
        return SettingsReader.read(
                        new Sources(Map.of(), folder, folder, Map.of("profile", profile), Trust.everything()))
                .cleanups();
    }
}
