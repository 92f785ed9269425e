package dev.pgkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HintCommandsTest {
    private final GlobalOptions options = new GlobalOptions();

    @Test
    void without_options_nothing_is_added() {
        assertThat(in("go back: pgkeep undo")).isEqualTo("go back: pgkeep undo");
    }

    @Test
    void what_was_said_about_database_and_repository_is_said_again_as_a_shell_takes_it() {
        options.profile = "prod";
        options.repository = "my backups/it's";
        assertThat(in("pgkeep undo swaps back, pgkeep undo --discard drops; or pgkeep restore shop_1"))
                .isEqualTo("pgkeep undo --profile prod --repo 'my backups/it'\\''s' swaps back,"
                        + " pgkeep undo --profile prod --repo 'my backups/it'\\''s' --discard drops;"
                        + " or pgkeep restore --profile prod --repo 'my backups/it'\\''s' shop_1");
        assertThat(in(in("pgkeep undo"))).isEqualTo(in("pgkeep undo"));
    }

    @Test
    void a_password_is_not() {
        options.url = "postgres://app:secret@host/shop?a=1&b=2";
        assertThat(in("pgkeep undo")).isEqualTo("pgkeep undo --url 'postgres://app:***@host/shop?a=1&b=2'");
    }

    private String in(String text) {
        return new HintCommands(options).in(text);
    }
}
