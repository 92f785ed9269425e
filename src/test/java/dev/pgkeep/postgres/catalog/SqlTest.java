package dev.pgkeep.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTest {
    @Test
    void identifiers_and_literals_are_quoted_whatever_they_hold() {
        assertThat(Sql.identifier("Order \"x\"")).isEqualTo("\"Order \"\"x\"\"\"");
        assertThat(Sql.identifier("a.b", "c")).isEqualTo("\"a.b\".\"c\"");
        assertThat(Sql.literal("it's")).isEqualTo("'it''s'");
        assertThat(Sql.literal("a\\'b")).isEqualTo("E'a\\\\''b'");
        assertThatThrownBy(() -> Sql.literal("a\0b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lists_of_names_are_taken_apart_and_other_settings_are_not() {
        assertThat(SettingList.sql("search_path", "\"$user\", public, \"a, \"\"b\"\"\""))
                .isEqualTo("'$user', 'public', 'a, \"b\"'");
        assertThat(SettingList.sql("search_path", "\"\"")).isEqualTo("''");
        assertThat(SettingList.sql("DateStyle", "ISO, DMY")).isEqualTo("'ISO, DMY'");
        assertThat(SettingList.split("a,b , \"c\"")).isEqualTo(List.of("a", "b", "c"));
    }
}
