package dev.pgkeep.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgkeep.app.trust.Trust;
import dev.pgkeep.operation.refresh.masking.Mask;
import dev.pgkeep.operation.refresh.masking.MaskRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaskTablesTest {
    @TempDir
    private Path folder;

    @Test
    void a_table_holds_a_rule_for_each_column() throws IOException {
        var rules = rules("""
                [mask.users]
                first_name = "hash"
                email = "email"
                phone = "null"
                country = "keep"
                note = { constant = "gone" }
                visits = { constant = 0 }
                born = { sql = "date_trunc('year', born)" }
                [mask."*"]
                "*_token" = "hash"
                [mask.auth.accounts]
                login = "hash"
                [mask."Odd.Name"]
                x = "null"
                """);
        assertThat(rules)
                .extracting(rule ->
                        rule.table() + " " + rule.column() + " " + rule.mask().word())
                .containsExactlyInAnyOrder(
                        "users first_name hash",
                        "users email email",
                        "users phone null",
                        "users country keep",
                        "users note constant",
                        "users visits constant",
                        "users born sql",
                        "* *_token hash",
                        "auth.accounts login hash",
                        "Odd.Name x null");
        assertThat(rules).extracting(MaskRule::mask).contains(new Mask.Constant("0"));
        assertThat(rules)
                .filteredOn(rule -> rule.column().equals("email"))
                .extracting(MaskRule::origin)
                .containsExactly("pgkeep.toml line 3");
    }

    @Test
    void rules_of_the_file_and_of_the_profile_are_stronger() throws IOException {
        Files.writeString(folder.resolve("more.toml"), "[mask.users]\nname = \"null\"\n");
        write("""
                default-profile = "dev"
                [refresh]
                mask = "more.toml"
                strict = true
                [mask.users]
                name = "hash"
                [profile.dev.mask.users]
                name = "keep"
                [profile.other.mask.users]
                name = "email"
                """);
        var masks = SettingsReader.read(sources()).refresh().masks();
        assertThat(masks.strict()).isTrue();
        assertThat(masks.rules()).extracting(rule -> rule.mask().word()).containsExactly("null", "keep", "hash");
    }

    @Test
    void mistakes_are_told_with_their_lines() throws IOException {
        Files.writeString(folder.resolve("more.toml"), "[users]\nname = \"null\"\n");
        write("""
                [refresh]
                mask = "more.toml"
                [mask.users]
                name = "hsah"
                note = { constant = "a", sql = "b" }
                age = 3
                [mask]
                x = 1
                """.replace("[mask]\nx = 1\n", ""));
        assertThatThrownBy(() -> SettingsReader.read(sources()))
                .hasMessageContaining("pgkeep.toml line 4: unknown mask for users.name; use \"keep\", \"null\"")
                .hasMessageContaining("pgkeep.toml line 6: unknown mask for users.age")
                .hasMessageContaining("more.toml: unknown table [users]");
    }

    private List<MaskRule> rules(String toml) throws IOException {
        write(toml);
        return SettingsReader.read(sources()).refresh().masks().rules();
    }

    private void write(String toml) throws IOException {
        Files.writeString(folder.resolve("pgkeep.toml"), toml);
    }

    private Sources sources() {
        return new Sources(Map.of(), folder, folder, Map.of(), Trust.everything());
    }
}
