package dev.pgkeep.operation.refresh.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RemotePlaceTest {
    @Test
    void a_place_is_taken_apart_and_written_again() {
        var place = RemotePlace.parse("ssh://deploy@db.example.com:2222/srv/my backups");
        assertThat(place.words()).containsExactly("-l", "deploy", "-p", "2222", "--", "db.example.com");
        assertThat(place.quotedPath()).isEqualTo("'/srv/my backups'");
        assertThat(place).hasToString("ssh://deploy@db.example.com:2222/srv/my backups");
        assertThat(RemotePlace.parse("ssh://[::1]/srv").words()).containsExactly("--", "::1");
        assertThat(RemotePlace.parse("ssh://[::1]/srv")).hasToString("ssh://[::1]/srv");
    }

    @Test
    void a_path_may_begin_in_the_home_folder_and_hold_quotes() {
        var place = RemotePlace.parse("ssh://prod/~/it's");
        assertThat(place.quotedPath()).isEqualTo("\"$HOME\"/'it'\\''s'");
        assertThat(place).hasToString("ssh://prod/~/it's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://me:secret@host/srv",
                "ssh://-oProxyCommand=x/srv",
                "ssh://host",
                "ssh://host/a\nb",
                "ssh:///srv",
                "ssh://a b/srv"
            })
    void what_is_no_place_is_refused_and_not_repeated(String text) {
        assertThatThrownBy(() -> RemotePlace.parse(text))
                .hasMessageContaining("ssh://")
                .hasMessageNotContaining("secret");
    }

    @Test
    void names_from_over_there_do_not_lead_elsewhere() {
        Path folder = Path.of("/tmp/here");
        assertThat(RemoteFiles.inside(folder, "a/b")).isEqualTo(Path.of("/tmp/here/a/b"));
        assertThatThrownBy(() -> RemoteFiles.inside(folder, "../b")).hasMessageContaining("leads elsewhere");
        assertThatThrownBy(() -> RemoteFiles.inside(folder, "/etc/passwd")).hasMessageContaining("leads elsewhere");
    }
}
